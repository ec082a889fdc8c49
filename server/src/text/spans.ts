/** Pieces of a text by offsets, and where they are after the text was changed around them. Pure. */

/** UTF-16 code units from the start of the text; `end` is not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span that was replaced. */
export interface TextChange extends Span {
  readonly text: string;
}

export interface Moved {
  readonly span: Span;
  /** The change was inside, or reached into it: the span now covers what is left of it and all that was changed. */
  readonly touched: boolean;
}

/**
 * The span after a change. Text that is inserted at its start or end stays outside. An empty span stays in front of
 * text that is inserted at its place: what was removed there goes back before it.
 */
export function moved(span: Span, change: TextChange): Moved {
  const grown = change.text.length - (change.end - change.start);
  if (change.start >= span.end) return { span, touched: false };
  if (change.end <= span.start) return { span: { start: span.start + grown, end: span.end + grown }, touched: false };
  const start = Math.min(span.start, change.start);
  return { span: { start, end: Math.max(span.end, change.end) + grown }, touched: true };
}

/** The text after a change. */
export function changed(text: string, { start, end, text: inserted }: TextChange): string {
  return text.slice(0, start) + inserted + text.slice(end);
}

export function isSame(change: TextChange, other: TextChange | undefined): boolean {
  return change.start === other?.start && change.end === other.end && change.text === other.text;
}

/** The one change that makes one text of another, as small as its ends allow without cutting pairs or line ends; undefined where they are the same. */
export function changeBetween(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (isHalf(before.charCodeAt(start - 1))) start--;
  let tail = 0;
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  if (isSecondHalf(before.charCodeAt(before.length - tail))) tail--;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

/**
 * The same insertion at the start of a line, where the text allows it: what it pushes down are whole lines then. Any other
 * change as it is.
 */
export function fromLineStart(before: string, change: TextChange): TextChange {
  if (change.start !== change.end) return change;
  const isLineStart = (at: number) => at === 0 || before.charCodeAt(at - 1) === 10;
  let { start, text } = change;
  while (!isLineStart(start) && text.endsWith(before.charAt(start - 1))) {
    start--;
    text = before.charAt(start) + text.slice(0, -1);
  }
  return isLineStart(start) ? { start, end: start, text } : change;
}

/** The first half of a pair, or of a line end. */
function isHalf(code: number): boolean {
  return (code >= 0xd800 && code <= 0xdbff) || code === 13;
}

function isSecondHalf(code: number): boolean {
  return (code >= 0xdc00 && code <= 0xdfff) || code === 10;
}
