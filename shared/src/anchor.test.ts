/** Code is found again after edits. Positions are marks in the text: `[` and `]` around the code. */
import { expect, test } from 'vitest';
import { random, scaled } from '../../test/harness/scale.ts';
import { afterChange, afterChanges, type Change } from './anchor.ts';
import type { Position, Range } from './place.ts';

/** The text after the change that `<old|new>` stands for, with the marks where the code is then. */
function edited(story: string): string {
  const before = story.replace(changed, '$1');
  const [start, end] = [before.indexOf('['), before.indexOf(']') - 1];
  const text = before.replaceAll(/[[\]]/g, '');
  const [, old = '', inserted = ''] = changed.exec(story.replaceAll(/[[\]]/g, '')) ?? [];
  const at = story.replaceAll(/[[\]]/g, '').indexOf('<');
  const change = { range: rangeOf(text, at, at + old.length), text: inserted };
  return marked(
    text.slice(0, at) + inserted + text.slice(at + old.length),
    afterChange(rangeOf(text, start, end), change),
  );
}

const changed = /<([^|]*)\|([^>]*)>/;

function rangeOf(text: string, start: number, end: number): Range {
  return { start: positionOf(text, start), end: positionOf(text, end) };
}

function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

function offsetOf(text: string, { line, character }: Position): number {
  return text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
}

function marked(text: string, { start, end }: Range): string {
  const [from, to] = [offsetOf(text, start), offsetOf(text, end)];
  return `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`;
}

test.each([
  ['text inserted above moves it', 'a<|\nb>\n[code]\n', 'a\nb\n[code]\n'],
  ['text inserted right before it stays outside', 'a<|b>[code]', 'ab[code]'],
  ['text inserted right behind it stays outside', '[code]<|b>a', '[code]ba'],
  ['text typed inside belongs to it', 'x[co<|o>de]y', 'x[coode]y'],
  ['a line break inside moves its end', 'x[co<|\n>de]y', 'x[co\nde]y'],
  ['cut as a whole nothing is left of it', 'a<[bc]|>d', 'a[]d'],
  ['a cut across its start', 'x<y[c|>ode]z', 'x[ode]z'],
  ['a cut across its end', 'x[cod<e]y|>z', 'x[cod]z'],
  ['a replacement across its start', 'x<y[c|new>ode]z', 'xnew[ode]z'],
  ['replaced as a whole it is what came instead', 'x<[code]|all new>y', 'x[all new]y'],
  ['an edit below changes nothing', '[code]\n<a|b>', '[code]\nb'],
  ['a replacement that begins where it begins is inside', '<[co|CO>de]', '[COde]'],
])('%s', (_name, story, expected) => {
  expect(edited(story)).toBe(expected);
});

test('a range without text stays without text', () => {
  const point = { start: { line: 0, character: 2 }, end: { line: 0, character: 2 } };
  const change: Change = {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } },
    text: 'new\nlines',
  };
  expect(afterChange(point, change)).toEqual({ start: { line: 1, character: 5 }, end: { line: 1, character: 5 } });
});

test('edits that do not touch the code leave it word for word, whatever and wherever they are', () => {
  const next = random();
  const pick = (count: number) => Math.floor(next() * count);
  const pieces = ['', 'x', 'long\ntext\n', '\n', '\r\n', '😀', 'tail'];
  for (let round = 0; round < scaled(20_000); round++) {
    const above = Array.from({ length: pick(4) }, () => `line ${pick(99)}`).join('\n');
    const below = Array.from({ length: pick(4) }, () => `line ${pick(99)}`).join('\n');
    const code = 'THE\nCODE 😀';
    const text = `${above}\n${code}\n${below}`;
    const start = above.length + 1;
    const end = start + code.length;
    const isAbove = pick(2) === 0;
    const [low, high] = isAbove ? [0, start] : [end, text.length];
    const from = low + pick(high - low + 1);
    const to = from + pick(high - from + 1);
    const inserted = (pieces[pick(pieces.length)] ?? '').replaceAll('\r', '');
    const after = text.slice(0, from) + inserted + text.slice(to);
    const range = afterChanges(rangeOf(text, start, end), [{ range: rangeOf(text, from, to), text: inserted }]);
    expect(after.slice(offsetOf(after, range.start), offsetOf(after, range.end))).toBe(code);
  }
});
