/** A place in a text that stands for what was looked for, and what new text for it must be told. */
import type { Indentation } from './indentation.ts';
import { contentOf, finalEndOf, wholeLinesOf } from './wholeLines.ts';

/** What had to be overlooked: nothing, line ends, copied line numbers, white space at ends, indentation, escapes. */
export type How = 'exact' | 'lineEnds' | 'numbered' | 'trailing' | 'indentation' | 'unescaped';

/** What stands before the code of a line that was copied with its number: digits, then this. */
export type NumberMark = '\t' | '→' | '| ' | '|' | ': ' | ':';

/** Which backslashes a text has too many of. */
export type Escapes = 'all' | 'breaks' | 'quotes';

/**
 * What becomes of the line end of the new text's last line. `inside`: the place is no whole lines, so nothing.
 * `ensure`: it gets one. `drop`: it has none. `append`: it gets one more, as what was looked for lacked it, unless
 * there is no text at all; `appendAlways`: even then.
 */
export type Ending = 'inside' | 'ensure' | 'drop' | 'append' | 'appendAlways';

export interface FoundPlace {
  readonly kind: 'found';
  /** UTF-16 offsets. Whole lines with their line ends, unless `ending` is `inside`. */
  readonly start: number;
  readonly end: number;
  readonly how: How;
  readonly indent?: Indentation;
  readonly numbers?: NumberMark;
  readonly escapes?: Escapes;
  readonly ending: Ending;
  /** The line end of the last line; empty where a text ends without. */
  readonly lineEnd: string;
  /** Blank lines that what was looked for has above and below, and the text has not. */
  readonly blankAbove: number;
  readonly blankBelow: number;
  /** The lines that were looked for, cleaned of numbers and escapes, and the text's own; empty where they are the same. */
  readonly pairs: readonly (readonly [wanted: string, own: string])[];
}

/** A text that is searched. A byte order mark is no part of its first line. */
export interface ScannedText {
  readonly text: string;
  readonly lines: readonly string[];
  readonly contents: readonly string[];
  /** Where each line starts, and where the text ends. */
  readonly starts: readonly number[];
}

/** What a way of looking tells of a place that it found. */
export type Details = Partial<Omit<FoundPlace, 'kind' | 'start' | 'end' | 'how'>>;

/** A text, made ready to be searched. */
export function scanned(text: string): ScannedText {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const lines = wholeLinesOf(text.slice(at));
  const starts = [at];
  for (const line of lines) {
    at += line.length;
    starts.push(at);
  }
  return { text, lines, contents: lines.map(contentOf), starts };
}

/** The number of the line in which an offset is; the end of the text belongs to the last one. */
export function lineAt({ starts, lines }: ScannedText, offset: number): number {
  let [low, high] = [0, Math.max(lines.length - 1, 0)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

const none = { blankAbove: 0, blankBelow: 0, pairs: [] } as const;

/** A place that begins or ends inside a line. It neither begins nor ends inside `\r\n`. */
export function placeInside({ text }: ScannedText, from: number, to: number, how: How): FoundPlace {
  const start = isBetweenReturnAndFeed(text, from) ? from - 1 : from;
  const end = isBetweenReturnAndFeed(text, to) ? to + 1 : to;
  return { kind: 'found', start, end, how, ending: 'inside', lineEnd: '', ...none };
}

/** `count` whole lines from number `first` on; `isEnded` tells whether what was looked for has a final line end. */
export function placeOfLines(
  { lines, contents, starts }: ScannedText,
  [first, count]: readonly [number, number],
  isEnded: boolean,
  { how, ...details }: Details & Pick<FoundPlace, 'how'>,
): FoundPlace {
  const [start, after] = [starts[first] ?? 0, first + count];
  // "a\n" above a blank line may as well be the lines "a" and "", the last without its end: then both readings agree.
  const takesBlank = isEnded && contents[after] === '';
  const last = takesBlank ? after : after - 1;
  const lineEnd = finalEndOf(lines[last] ?? '');
  const ending = takesBlank ? 'appendAlways' : endingFor(isEnded, lineEnd !== '');
  return { kind: 'found', start, end: starts[last + 1] ?? start, how, ending, lineEnd, ...none, ...details };
}

function endingFor(isWantedEnded: boolean, isEnded: boolean): Ending {
  if (!isWantedEnded) return 'append';
  return isEnded ? 'ensure' : 'drop';
}

function isBetweenReturnAndFeed(text: string, at: number): boolean {
  return at > 0 && text.slice(at - 1, at + 1) === '\r\n';
}
