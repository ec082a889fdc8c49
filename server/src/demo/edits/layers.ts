/** Tells for each line where its comment begins, and whether it begins inside of a comment or a string. */
import type { Syntax } from './syntax.ts';

export interface Layer {
  /** Column where the first comment of the line begins; -1 for none. 0 where the line begins inside of one. */
  readonly comment: number;
  /** The line begins inside of a comment that was opened before. */
  readonly inComment: boolean;
  /** The line begins inside of a string that was opened before. */
  readonly inString: boolean;
}

/** One pass: what the mask has blanked is a comment where a comment's mark stands, and else a string. */
export function layersOf(lines: readonly string[], masked: readonly string[], syntax: Syntax): readonly Layer[] {
  let open: Open = { kind: 'none' };
  return lines.map((line, index) => {
    const read = readLine(line, masked[index] ?? '', open, syntax);
    open = read.open;
    return read.layer;
  });
}

/** What goes on behind the line's end. */
type Open = { readonly kind: 'none' | 'comment' } | { readonly kind: 'string'; readonly quote: string };

interface Read {
  readonly layer: Layer;
  readonly open: Open;
}

function readLine(line: string, masked: string, open: Open, syntax: Syntax): Read {
  const inComment = open.kind === 'comment';
  const inString = open.kind === 'string';
  const start = open.kind === 'none' ? 0 : closedAt(line, masked, open, syntax);
  if (start < 0) return { layer: { comment: inComment ? 0 : -1, inComment, inString }, open };
  const { comment, open: after, hasString } = readFrom(line, masked, start, syntax);
  return { layer: { comment: inComment ? 0 : comment, inComment, inString: inString || hasString }, open: after };
}

/** Behind what was open; -1 where it stays open. */
function closedAt(line: string, masked: string, open: Open, { blockComment }: Syntax): number {
  if (open.kind !== 'string') {
    const close = blockComment?.[1] ?? '';
    const at = line.indexOf(close);
    return at < 0 ? -1 : at + close.length;
  }
  const code = masked.search(/\S/);
  for (let at = line.indexOf(open.quote); at >= 0; at = line.indexOf(open.quote, at + 1))
    if (line.charAt(at - 1) !== '\\' && (code < 0 || at < code)) return at + open.quote.length;
  return code;
}

interface Rest {
  readonly comment: number;
  readonly open: Open;
  /** It begins with a string of which the mask shows nothing. */
  readonly hasString: boolean;
}

function readFrom(line: string, masked: string, from: number, { lineComment, blockComment }: Syntax): Rest {
  const [open, close] = blockComment ?? ['', ''];
  const none: Open = { kind: 'none' };
  let comment = -1;
  let hasString = false;
  for (let at = hiddenAt(line, masked, from); at < line.length; at = hiddenAt(line, masked, at)) {
    if (lineComment !== undefined && line.startsWith(lineComment, at))
      return { comment: comment < 0 ? at : comment, open: none, hasString };
    if (open !== '' && line.startsWith(open, at)) {
      if (comment < 0) comment = at;
      const end = line.indexOf(close, at + open.length);
      if (end < 0) return { comment, open: { kind: 'comment' }, hasString };
      at = end + close.length;
    } else if (line.charAt(at) === '#' && line.slice(0, at).trim() === '') {
      // A preprocessor's line is neither; it may end with a comment.
      const mark = / (?=\/\*|\/\/)/.exec(line.slice(at));
      if (mark === null) break;
      at += mark.index + 1;
    } else {
      hasString ||= line.slice(0, at).trim() === '';
      while (at < line.length && masked.charCodeAt(at) === 32) at++;
    }
  }
  return { comment, open: openString(line, masked), hasString };
}

/** A string that the mask shows up to the line's end, and that is not closed there. */
function openString(line: string, masked: string): Open {
  let start = masked.length;
  while (start > 0 && masked.charCodeAt(start - 1) === 34) start--;
  const text = line.slice(start);
  const quote = /^(?:[a-zA-Z]{0,2})("""|'''|["'`])/.exec(text)?.[1] ?? '';
  const isClosed = text.length >= 2 * quote.length && text.endsWith(quote) && !text.endsWith(`\\${quote}`);
  return quote === '' || isClosed ? { kind: 'none' } : { kind: 'string', quote };
}

/** The first column from `from` on that holds something which the mask does not show. */
function hiddenAt(line: string, masked: string, from: number): number {
  let at = from;
  while (at < line.length && (masked.charCodeAt(at) !== 32 || line.charCodeAt(at) === 32 || line.charCodeAt(at) === 9))
    at++;
  return at;
}
