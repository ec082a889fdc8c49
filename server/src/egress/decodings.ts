/** Reads a text through the encodings that may hide a secret in it, and knows where each decoded piece came from. */

/** A text made from another, and the place there of any piece of it. */
export interface View {
  readonly text: string;
  /** Offsets in the original text that a piece of this one stands for. */
  span(start: number, end: number): readonly [start: number, end: number];
}

/** The text itself, and what comes out of it by taking off escapes and packings in turn, two packings deep. */
export function viewsOf(text: string): readonly View[] {
  const views: View[] = [];
  let newest: readonly View[] = [{ text, span: (start, end) => [start, end] }];
  for (let depth = 0; depth <= deepest; depth++) {
    newest = newest.flatMap((view) => [view, ...withoutEscapes(view)]);
    views.push(...newest);
    newest = newest.flatMap(unpacked);
  }
  return views;
}

/** Something in it comes out of a packing: what it goes on with may stand elsewhere. */
export function isPacking(text: string): boolean {
  const whole: View = { text, span: (start, end) => [start, end] };
  return [whole, ...withoutEscapes(whole)].some((view) => unpacked(view).length > 0);
}

/** Base64 of Base64. */
const deepest = 2;

/** Escapes may be escaped again, as by JSON in JSON: the last of up to three rounds has all of them off. */
function withoutEscapes(view: View): readonly View[] {
  let last: readonly View[] = [];
  for (let round = 0, next = unescaped(view); round < 3 && next.length > 0; round++) {
    last = next;
    next = next.flatMap(unescaped);
  }
  return last;
}

const escapes =
  /%[0-7][0-9a-f]|\\(?:u00[0-7][0-9a-f]|u\{0{0,4}[0-7][0-9a-f]\}|x[0-7][0-9a-f]|[nrt"'`/\\])|&#(?:0{0,6}\d{2,3}|x0{0,6}[0-7][0-9a-f]);|&(?:amp|lt|gt|quot|apos);/gi;
const named: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
};

/** Percent, JSON, JavaScript and HTML escapes replaced by what they stand for; nothing where there are none. */
function unescaped(view: View): readonly View[] {
  // Where each character of the new text was in the old one; an escape never grows.
  const origins = new Uint32Array(view.text.length + 1);
  let text = '';
  let from = 0;
  const copyTo = (end: number) => {
    for (let at = from; at < end; at++) origins[text.length + at - from] = at;
    text += view.text.slice(from, end);
  };
  for (const match of view.text.matchAll(escapes)) {
    copyTo(match.index);
    origins[text.length] = match.index;
    text += characterOf(match[0]);
    from = match.index + match[0].length;
  }
  if (from === 0) return [];
  copyTo(view.text.length);
  origins[text.length] = view.text.length;
  return [{ ...view, text, span: (start, end) => view.span(origins[start] ?? 0, origins[end] ?? 0) }];
}

function characterOf(escaped: string): string {
  const known = named[escaped.toLowerCase()];
  if (known !== undefined) return known;
  if (escaped.startsWith('&#') && !/x/i.test(escaped))
    return String.fromCharCode(Number.parseInt(escaped.slice(2), 10) & 0x7f);
  const code = /(?:%|\\u00|\\u\{0*|\\x|&#x0*)([0-7][0-9a-f])/i.exec(escaped)?.[1];
  return code === undefined ? escaped.slice(1) : String.fromCharCode(Number.parseInt(code, 16));
}

/** Runs of Base64 and hexadecimal, decoded, one to a line; nothing where none of them holds readable text. */
function unpacked(view: View): readonly View[] {
  const parts: { readonly at: number; readonly text: string; readonly run: readonly [number, number] }[] = [];
  let length = 0;
  const add = (match: RegExpExecArray, text: string) => {
    if (!readable.test(text)) return;
    parts.push({ at: length, text, run: [match.index, match.index + match[0].length] });
    length += text.length + 1;
  };
  for (const match of view.text.matchAll(base64Runs)) for (const text of decodedBase64(match[0])) add(match, text);
  for (const match of view.text.matchAll(hexRuns)) for (const text of decodedHex(match[0])) add(match, text);
  if (parts.length === 0) return [];
  const runAt = (index: number) => parts[partBefore(parts, index)]?.run ?? [0, 0];
  return [
    {
      text: parts.map((part) => part.text).join('\n'),
      span: (start, end) => view.span(runAt(start)[0], runAt(Math.max(start, end - 1))[1]),
    },
  ];
}

/** Shorter ones cannot hold a secret. A run may go on over lines of equal length, as mail and PEM wrap it. */
const base64Runs =
  /[A-Za-z0-9+/_-]{60,}(?:\r?\n[ \t]{0,40}[A-Za-z0-9+/_-]{20,}){1,2000}={0,2}|[A-Za-z0-9+/_-]{20,}={0,2}/g;
const hexRuns = /[0-9a-fA-F]{24,}/g;
/** Less in a row is chance. */
const readable = /[\n\r\t\x20-\x7e]{12}/;

/** From each of the four places where a group may begin: a run may start with letters that are not part of it. */
function decodedBase64(run: string): readonly string[] {
  const packed = run.replace(/\s+/g, '');
  return [0, 1, 2, 3].map((offset) => withoutNulls(Buffer.from(packed.slice(offset), 'base64')));
}

function decodedHex(run: string): readonly string[] {
  return [0, 1].map((offset) =>
    withoutNulls(Buffer.from(run.slice(offset, run.length - ((run.length - offset) % 2)), 'hex')),
  );
}

/** UTF-16 of plain letters is those letters with nulls between. */
function withoutNulls(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\0', '');
}

/** The last part that starts at or before the index. */
function partBefore(parts: readonly { readonly at: number }[], index: number): number {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((parts[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}
