/** Marks comments with the language that they should be in, and replaces the few words that a list knows: no model translates here. */
import { counted } from '../wording.ts';
import type { Change } from './changes.ts';
import { tagOf, withKnownWords } from './dictionary.ts';
import type { Job, Outcome } from './job.ts';
import type { Layer } from './layers.ts';
import { isBlank, type Source } from './source.ts';

export function comments({ source, task, from, to }: Job): Outcome {
  const tag = tagOf(task.about);
  let words = 0;
  const changes: Change[] = [];
  const docstrings = source.syntax.byIndent ? docstringsOf(source) : undefined;
  for (let line = from; line <= to && line < source.lines.length; line++) {
    const span = docstrings?.get(line) ?? spanOf(source, line);
    const marked = span === undefined ? undefined : markedLine(source.lines[line] ?? '', span, tag);
    if (marked === undefined) continue;
    words += marked.count;
    changes.push({ from: line, to: line + 1, lines: [marked.text] });
  }
  if (changes.length === 0) return { text: 'The rules find no comment here that is not marked already.' };
  const text = `Rules cannot translate: ${counted(changes.length, 'comment line')} got the mark [${tag}], and ${counted(words, 'word')} of a small list ${words === 1 ? 'was' : 'were'} replaced.`;
  return { text, changes };
}

const directives =
  /^(?:eslint|biome|prettier|tslint|jshint|jslint|noqa|pylint|pyright|mypy|ruff|flake8|type:|isort|fmt:|nolint|go:|\+build|region|endregion|#region|istanbul|c8 |v8 |vitest|@ts-|@jsx|@flow|@preserve|@license|@vite|webpack|#? ?sourceMapping[U]RL|SPDX|clang-format|NOLINT|NOSONAR|coding[:=]|-\*-|!|spell|cspell|codespell|swiftlint|rubocop|shellcheck|language=|<reference|<auto)/i;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The words of a line's first comment. */
function spanOf(source: Source, line: number): Span | undefined {
  const text = source.lines[line] ?? '';
  const layer = source.layers[line];
  if (layer === undefined || layer.comment < 0 || (line === 0 && text.startsWith('#!'))) return undefined;
  const start = textStart(text, layer, source);
  return { start, end: textEnd(text, start, source) };
}

function markedLine(text: string, { start, end }: Span, tag: string) {
  const said = text.slice(start, end);
  if (isBlank(said) || !/\p{L}/u.test(said) || directives.test(said) || said.startsWith(`[${tag}]`)) return undefined;
  const lead = leads.exec(said)?.[0] ?? '';
  const rest = said.slice(lead.length);
  if (isBlank(rest) || (said.startsWith('@') && lead === '') || /^https?:\S+$/.test(rest)) return undefined;
  if (rest.startsWith(`[${tag}]`)) return undefined;
  const known = withKnownWords(rest, tag);
  return { text: `${text.slice(0, start)}${lead}[${tag}] ${known.text}${text.slice(end)}`, count: known.count };
}

/** Tags and names that stay as they are. */
const leads =
  /^@param\s+(?:\{[^}]*\}\s*)?\[?[\w$.]+(?:=[^\]]*)?\]?\s*(?:-\s*)?|^@\w+\s+(?:\{[^}]*\}\s*)?|^(?:TODO|FIXME|NOTE|XXX)\b:?\s*/;

/** The words of docstrings by line: strings of three quotes that begin a line. */
function docstringsOf({ lines, maskedLine }: Source): ReadonlyMap<number, Span> {
  const spans = new Map<number, Span>();
  let quote = '';
  for (const [line, text] of lines.entries()) {
    const opening = quote === '' ? /^\s*[rRuU]?("""|''')/.exec(text) : null;
    // One that the mask does not show closes what began elsewhere.
    const isShown = opening !== null && maskedLine(line).charAt(opening[0].length - 1) === '"';
    if (quote === '' && (opening === null || !isShown)) continue;
    const start = opening?.[0].length ?? /^\s*/.exec(text)?.[0].length ?? 0;
    quote = opening?.[1] ?? quote;
    const close = text.indexOf(quote, start);
    const end = close < 0 ? text.trimEnd().length : start + text.slice(start, close).trimEnd().length;
    if (!/^(?:>>>|\.\.\.|\w+:$)/.test(text.slice(start, end))) spans.set(line, { start, end });
    if (close >= 0) quote = '';
  }
  return spans;
}

/** Behind the comment's mark and the space behind it. */
function textStart(text: string, { comment, inComment }: Layer, { syntax }: Source): number {
  const marks = [syntax.lineComment ?? '', ...(syntax.blockComment ?? [])].filter((mark) => mark !== '');
  let at = comment;
  if (inComment) at += /^\s*(?:\*(?!\/))?\s*/.exec(text)?.[0].length ?? 0;
  const mark = inComment ? undefined : marks.find((each) => text.startsWith(each, at));
  at += mark?.length ?? 0;
  // `///`, `//!`, `/**`, `##` are marks as well; `#!` is none.
  if (!inComment)
    while (
      at < text.length &&
      at < comment + 8 &&
      '/*!#-'.includes(text.charAt(at)) &&
      !text.startsWith('*/', at) &&
      !text.startsWith('!/', at)
    )
      at++;
  while (text.charAt(at) === ' ' || text.charAt(at) === '\t') at++;
  return at;
}

function textEnd(text: string, start: number, { syntax }: Source): number {
  const close = syntax.blockComment?.[1];
  const at = close === undefined ? -1 : text.indexOf(close, start);
  const end = at < 0 ? text.length : at;
  return start + text.slice(start, end).trimEnd().length;
}
