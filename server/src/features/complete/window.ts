/** What stands around the cursor of a live document: read in parts, so that it costs the same in a document of any length. */
import type { Position, Range } from '#shared/place.ts';
import type { Cleaned, Documents, LiveTexts } from '../../ports.ts';
import type { Place } from './cache.ts';
import { type Hole, lineAfter, lineBefore } from './hole.ts';

/** Lines end with `\n`. */
export interface Window {
  readonly uri: string;
  readonly version: number;
  readonly languageId: string;
  /** Of the cursor, zero-based. */
  readonly line: number;
  /** Of the end of what stands before the cursor, in the document. */
  readonly offset: number;
  readonly before: string;
  readonly after: string;
  /** `before` begins where the document does, or `after` ends there. */
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
  /** The document ends its lines with `\r\n`. */
  readonly isCrlf: boolean;
}

/** Code units that are sent at most, and so many more that are cleaned: half of a secret looks like none. */
const sent = { before: 5_000, after: 1_500 } as const;
const margin = 2_000;

/** What is wanted is the text with a name that the editor offers in place. */
export interface Selected {
  readonly range: Range;
  readonly text: string;
}

export function windowAt(
  documents: Pick<Documents, 'get' | 'offsetAt'> & LiveTexts,
  uri: string,
  position: Position,
  selected?: Selected,
): Window | undefined {
  const document = documents.get(uri);
  if (document === undefined) return undefined;
  const start = documents.offsetAt(uri, selected?.range.start ?? position);
  const end = selected === undefined ? start : documents.offsetAt(uri, selected.range.end);
  const first = Math.max(0, start - sent.before - margin);
  const last = end + sent.after + margin;
  const [before, after] = [documents.part(uri, first, start), documents.part(uri, end, last)];
  return {
    uri,
    version: document.version,
    languageId: document.languageId,
    line: position.line,
    offset: start,
    before: toLines(before) + (selected?.text ?? ''),
    after: toLines(after),
    hasStart: first === 0,
    hasEnd: after.length < last - end,
    isCrlf: (before + after).includes('\r\n'),
  };
}

/** Code units on either side that filters and the cache look at. */
const near = 6_000;

export function holeOf({ languageId, before, after }: Window): Hole {
  return { languageId, before: before.slice(-near), after: after.slice(0, near) };
}

export function placeOf(window: Window): Place {
  return { uri: window.uri, ...holeOf(window) };
}

function toLines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** The same as it may leave; undefined where something in the line of the cursor must not. Other texts are told of in `replaced`. */
export async function cleanWindow(
  window: Window,
  clean: (text: string) => Promise<Cleaned>,
): Promise<{ readonly window: Window; readonly replaced: readonly string[] } | undefined> {
  const { before, after } = window;
  const { text, replaced } = await clean(before + after);
  if (replaced.length === 0) return { window, replaced };
  const lines = text.split('\n');
  const at = before.split('\n').length - 1;
  const [left, right] = [lineBefore(before), lineAfter(after)];
  if (lines[at] !== left + right) return undefined;
  const above = lines.slice(0, at).map((line) => `${line}\n`);
  const below = lines.slice(at + 1).map((line) => `\n${line}`);
  return { window: { ...window, before: above.join('') + left, after: right + below.join('') }, replaced };
}

/** Lines by which the beginning of what is sent moves, so that it is the same from key to key. */
const step = 32;

/** What of a clean window is sent: from a line whose number does not change with every key. */
export function sentOf({ before, after, line, hasStart, hasEnd }: Window): {
  /** Zero-based, of the first line. */
  readonly firstLine: number;
  readonly before: string;
  readonly after: string;
} {
  const lines = before.split('\n');
  const top = line - lines.length + 1;
  const from = hasStart && before.length <= sent.before ? 0 : firstOf(lines, top);
  const kept = lines.slice(from);
  const end = after.length <= sent.after && hasEnd ? after.length : after.lastIndexOf('\n', sent.after);
  return {
    firstLine: top + from,
    // A single line that is longer than all that is sent.
    before: kept.join('\n').slice(-sent.before).toWellFormed(),
    after: after.slice(0, end < 0 ? sent.after : end).toWellFormed(),
  };
}

/** Index of the first line that is sent. The first one of all may be a part of one. */
function firstOf(lines: readonly string[], top: number): number {
  let [from, length] = [lines.length - 1, 0];
  while (from > 1 && length + (lines[from - 1]?.length ?? 0) + 1 <= sent.before) {
    from -= 1;
    length += (lines[from]?.length ?? 0) + 1;
  }
  const stable = Math.ceil((top + from) / step) * step - top;
  return stable < lines.length ? stable : from;
}
