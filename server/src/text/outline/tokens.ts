/** Masked code as words, strings and marks, with every bracket knowing its partner. */
import { isWordCode } from '../around.ts';
import { partnersOf } from './partners.ts';

/** Tokens are counted from 0. Out of range: mark and word are empty, partner is -1. */
export interface Tokens {
  readonly count: number;
  /** `word`, `string`, or the one character of anything else. */
  mark(at: number): string;
  /** The text of a word; empty for anything else. */
  word(at: number): string;
  /** The text itself, from the beginning of one token to the end of another; not masked. */
  between(first: number, last: number): string;
  start(at: number): number;
  end(at: number): number;
  /** The bracket that belongs to this one; -1 where there is none. An open one that is never closed has `count`. */
  partner(at: number): number;
  /** Whether it is the first on its line. */
  breaks(at: number): boolean;
  /** Whether nothing stands between it and the next one. */
  touches(at: number): boolean;
}

/** @param code - The masked text, as long as `text`. */
export function tokensOf(code: string, text: string): Tokens {
  const { kinds, starts, ends, breaks } = split(code);
  const count = kinds.length;
  const partners = partnersOf(kinds, starts, code);
  return {
    count,
    mark: (at) => marks[kinds[at] ?? nothing] ?? '',
    word: (at) => (kinds[at] === wordKind ? code.slice(starts[at], ends[at]) : ''),
    between: (first, last) => text.slice(starts[first] ?? 0, ends[last] ?? 0),
    start: (at) => starts[at] ?? text.length,
    end: (at) => ends[Math.min(at, count - 1)] ?? 0,
    partner: (at) => partners[at] ?? -1,
    breaks: (at) => breaks[at] === 1,
    touches: (at) => ends[at] === starts[at + 1],
  };
}

const nothing = 0;
const wordKind = 1;
const stringKind = 2;
const marks = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
marks[nothing] = '';
marks[wordKind] = 'word';
marks[stringKind] = 'string';

interface Pieces {
  readonly kinds: number[];
  readonly starts: number[];
  readonly ends: number[];
  readonly breaks: number[];
}

function split(code: string): Pieces {
  const pieces: Pieces = { kinds: [], starts: [], ends: [], breaks: [] };
  let isFirst = 1;
  for (let at = 0; at < code.length; ) {
    const character = code.charCodeAt(at);
    if (character <= 32 || (character > 127 && !isWordCode(character))) {
      if (character === 10 || character === 13) isFirst = 1;
      at++;
      continue;
    }
    const end = endOf(code, at, character);
    pieces.kinds.push(isWordCode(character) ? wordKind : character === 34 ? stringKind : character);
    pieces.starts.push(at);
    pieces.ends.push(end);
    pieces.breaks.push(isFirst);
    isFirst = 0;
    at = end;
  }
  return pieces;
}

function endOf(code: string, start: number, character: number): number {
  let end = start + 1;
  if (character === 34) while (code.charCodeAt(end) === 34) end++;
  else if (isWordCode(character)) while (end < code.length && isWordCode(code.charCodeAt(end))) end++;
  return end;
}
