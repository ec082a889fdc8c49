/** Which lenses stand above code, and that a file of any size has not too many of them. */
import { expect, test } from 'vitest';
import type { ExplanationSummary } from '#shared/explanations.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import { explainLenses } from './explainLenses.ts';

const uri = 'file:///a.ts';
const commands = { explain: 'explain', show: 'show' };
const [classKind, methodKind, functionKind, variableKind] = [5, 6, 12, 13];

function symbol(line: number, kind: number, depth: number, lines = 1): CodeSymbol {
  const place = (at: number) => ({ line: at, character: 0 });
  const range = { start: place(line), end: place(line + lines - 1) };
  return { name: `s${line}`, kind, range, selection: { start: place(line), end: place(line) }, depth };
}

function explained(line: number): ExplanationSummary {
  const range = { start: { line, character: 0 }, end: { line, character: 9 } };
  const rest = { level: 'normal', state: 'current', at: '2026-11-28T12:00:00.000Z' } as const;
  return { ...rest, citations: [], id: `e${line}`, uri, kind: 'code', range, title: `About ${line}` };
}

/** `LINE TITLE` of each. */
function lensesOf(symbols: readonly CodeSymbol[], explanations: readonly ExplanationSummary[] = []): readonly string[] {
  const lenses = explainLenses({ uri, level: 'normal', symbols, explanations }, commands);
  return lenses.map(({ range, command }) => `${range.start.line} ${command?.title}`);
}

test('functions, classes and methods have one, what is inside a function has none', () => {
  const symbols = [
    symbol(0, classKind, 0, 9),
    symbol(1, methodKind, 1, 3),
    symbol(2, functionKind, 2),
    symbol(3, classKind, 2),
    symbol(4, methodKind, 1),
    symbol(10, variableKind, 0),
    symbol(11, functionKind, 0, 4),
    symbol(12, variableKind, 1, 2),
    symbol(13, functionKind, 2),
    symbol(20, functionKind, 0),
  ];
  expect(lensesOf(symbols)).toEqual(['0 Explain', '1 Explain', '4 Explain', '11 Explain', '20 Explain']);
});

test('a class of 100,000 methods, each explained, has 2,000 of each kind', () => {
  const methods = Array.from({ length: 100_000 }, (_, at) => symbol(at + 1, methodKind, 1));
  const all = lensesOf(
    [symbol(0, classKind, 0, 100_001), ...methods],
    Array.from(methods, (_, at) => explained(at)),
  );
  expect(all.filter((title) => title.endsWith(' Explain'))).toHaveLength(2_000);
  expect(all).toHaveLength(4_000);
});
