/** Writes the documentation comment of a function or class from what its code shows: name, parameters, results, errors. */
import type { OutlineSymbol } from '../../text/outline.ts';
import { code } from '../wording.ts';
import type { Change } from './changes.ts';
import { materialOf } from './documentMaterial.ts';
import { documentationLines } from './documentStyles.ts';
import type { Job, Outcome } from './job.ts';
import { indentOf, isBlank, type Source } from './source.ts';
import { functionOf, targetsOf } from './targets.ts';

export function document(job: Job): Outcome {
  const { source } = job;
  const targets = targetsOf(job);
  if (targets.length === 0) return { text: 'The rules find no function or class here to document.' };
  const bare = targets.filter((symbol) => !isDocumented(source, symbol));
  const [first] = targets;
  if (bare.length === 0) return { text: `${code(first?.name ?? '')} has its documentation already.` };
  const changes = bare.flatMap((symbol) => commentFor(source, symbol) ?? []);
  if (changes.length === 0) return { text: 'The rules know no form of documentation in this language.' };
  const [one] = bare;
  const text = changes.length === 1 ? code(one?.name ?? '') : `${changes.length} declarations`;
  return { text: `Documentation for ${text}, made of what the code shows.`, changes };
}

function commentFor(source: Source, symbol: OutlineSymbol): Change | undefined {
  const indent = indentOf(source.lines[symbol.range.start.line] ?? '');
  const lines = documentationLines(source, materialOf(source, symbol));
  if (lines.length === 0) return undefined;
  const at = source.syntax.byIndent ? bodyLine(source, symbol) : topOf(source, symbol.range.start.line);
  if (at === undefined) return undefined;
  const own = source.syntax.byIndent ? indentFrom(source, at) : indent;
  return { from: at, to: at, lines: lines.map((line) => (line === '' ? '' : own + line)) };
}

/** Of the first line from there on that says anything. */
function indentFrom({ lines }: Source, line: number): string {
  let at = line;
  while (at < lines.length - 1 && isBlank(lines[at] ?? '')) at++;
  return indentOf(lines[at] ?? '');
}

/** The first line of the body, where a docstring goes. */
function bodyLine(source: Source, symbol: OutlineSymbol): number | undefined {
  const function_ = functionOf(source, symbol);
  if (function_ !== undefined) return function_.body?.first;
  for (let line = symbol.range.start.line; line < symbol.range.end.line; line++)
    if (/:\s*$/.test(source.maskedLine(line))) return line + 1;
  return undefined;
}

/** Above decorators and attributes. */
export function topOf(source: Source, line: number): number {
  let top = line;
  while (top > 0 && /^\s*(?:@[\w.]|#!?\[|\[\w+.*\]\s*$)/.test(source.maskedLine(top - 1))) top--;
  return top;
}

/** A docstring, or what the language takes for documentation right above. */
export function isDocumented(source: Source, symbol: OutlineSymbol): boolean {
  const { syntax, lines } = source;
  if (syntax.byIndent) {
    let line = bodyLine(source, symbol) ?? source.lines.length;
    while (line < source.lines.length && isBlank(source.lines[line] ?? '')) line++;
    return /^\s*[rRuUbB]?["']/.test(lines[line] ?? '');
  }
  const above = topOf(source, symbol.range.start.line) - 1;
  const text = lines[above] ?? '';
  const layer = source.layers[above];
  if (above < 0 || isBlank(text) || layer === undefined || layer.comment < 0) return false;
  if (!isBlank(text.slice(0, layer.comment))) return false;
  if (/^\s*(?:\/\/go:|#include|#define)/.test(text)) return false;
  const isBlock = text.trimEnd().endsWith('*/');
  if (syntax.family === 'script') return isBlock;
  return syntax.family !== 'rust' || isBlock || /^\s*\/\/[/!]/.test(text);
}
