/** Event streams, from bytes to events: incremental, each byte looked at once, nothing kept of what was handed out. */

/** Bytes that one event may have. */
export const longestEvent = 16 * 1024 * 1024;

/** An event or a line is longer than the limit. */
export class EventTooLong extends Error {
  override readonly name = 'EventTooLong';
}

/** Bytes that are made text at once, where they hold a line end. */
const pieceLength = 16_384;

const nothing = new Uint8Array(0);
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;

/**
 * Decodes by the HTML standard ("Server-sent events"), with two deviations: an event at the very end counts
 * without its blank line, and `id` and `retry` are not used. Push bytes, then call `next` until it says no; after
 * each yes, `name` and `data` hold the event.
 */
export class SseDecoder {
  /** Value of `event:`; empty when there was none. */
  name = '';
  /** The `data:` lines, joined by line feeds. */
  data = '';
  readonly #limit: number;
  /** Whole lines that are not decoded yet. */
  #lines: Uint8Array = nothing;
  /** Bytes after the last line end, as they came. */
  #tail: Uint8Array[] = [];
  #tailLength = 0;
  /** Whole lines, and how far they have been read. */
  #text = '';
  #at = 0;
  #nextFeed = -1;
  #nextReturn = -1;
  #skipLineFeed = false;
  #begun = false;
  #pendingName = '';
  #pendingData: string | undefined;
  #pendingLength = 0;

  constructor(limit = longestEvent) {
    this.#limit = limit;
  }

  /** Only when `next` has said no. @throws EventTooLong */
  push(chunk: Uint8Array): void {
    const end = endOfLines(chunk);
    if (end > 0) {
      // Lines end in ASCII, so that a character cut by a chunk's end waits in the tail and is decoded whole.
      this.#lines = end === chunk.length ? chunk : chunk.subarray(0, end);
      this.#read(this.#decode(this.#nextLines()));
    }
    if (end < chunk.length) this.#keep(chunk.subarray(end));
  }

  /** There are no more bytes: what is left counts as if it were followed by a blank line. */
  end(): void {
    this.#read(`${this.#decode(new Uint8Array(0))}\n\n`);
  }

  /** Goes on to the next event. @throws EventTooLong */
  next(): boolean {
    const text = this.#text;
    if (this.#skipLineFeed && this.#at < text.length) {
      this.#skipLineFeed = false;
      if (text.charCodeAt(this.#at) === lineFeed) this.#at += 1;
    }
    while (this.#at < text.length) {
      const start = this.#at;
      const end = this.#lineEnd(start);
      if (end > start) this.#field(start, end);
      else if (this.#dispatch()) return true;
    }
    if (this.#lines.length > 0) {
      this.#read(textOf(this.#nextLines()));
      return this.next();
    }
    // Pieces of the text may still be views of it: none of them is left, or each would keep all of it in memory.
    this.#text = '';
    this.#at = 0;
    this.name = '';
    this.data = '';
    return false;
  }

  /** So many of the lines as are decoded at once: all of their text would be long-lived garbage before it is read. */
  #nextLines(): Uint8Array {
    const lines = this.#lines;
    const end = lines.length <= pieceLength ? lines.length : endOfLines(lines.subarray(0, pieceLength)) || lines.length;
    this.#lines = end === lines.length ? nothing : lines.subarray(end);
    return end === lines.length ? lines : lines.subarray(0, end);
  }

  #read(text: string): void {
    this.#text = text;
    this.#at = 0;
    this.#nextFeed = text.indexOf('\n');
    this.#nextReturn = text.indexOf('\r');
  }

  /**
   * Matches a whole event that lies ahead, and moves behind it; null, and nothing moved, when it does not match.
   * @param event Sticky; from the first character of an event to its blank line.
   */
  match(event: RegExp): RegExpExecArray | null {
    // Only between events, and not while the rest of a line end is due.
    if (
      this.#at >= this.#text.length ||
      this.#pendingData !== undefined ||
      this.#pendingName !== '' ||
      this.#skipLineFeed
    )
      return null;
    event.lastIndex = this.#at;
    const match = event.exec(this.#text);
    if (match !== null) this.#at = event.lastIndex;
    return match;
  }

  /** The end of the line that starts here; moves behind it. There is one: only whole lines are in the text. */
  #lineEnd(start: number): number {
    const text = this.#text;
    // Each is looked for only when it was passed: a text of one kind alone stays linear.
    if (this.#nextFeed !== -1 && this.#nextFeed < start) this.#nextFeed = text.indexOf('\n', start);
    if (this.#nextReturn !== -1 && this.#nextReturn < start) this.#nextReturn = text.indexOf('\r', start);
    const feed = this.#nextFeed;
    const back = this.#nextReturn;
    if (back === -1 || (feed !== -1 && feed < back)) {
      this.#at = feed + 1;
      return feed;
    }
    this.#at = back + 1;
    if (this.#at === text.length) this.#skipLineFeed = true;
    else if (text.charCodeAt(this.#at) === lineFeed) this.#at += 1;
    return back;
  }

  #field(start: number, end: number): void {
    const text = this.#text;
    if (text.startsWith('data', start)) {
      const value = valueStart(text, start + 4, end);
      if (value !== -1) this.#addData(text.slice(value, end));
    } else if (text.startsWith('event', start)) {
      const value = valueStart(text, start + 5, end);
      if (value !== -1) this.#pendingName = text.slice(value, end);
    }
  }

  #addData(line: string): void {
    this.#pendingLength += line.length + 1;
    if (this.#pendingLength > this.#limit) throw new EventTooLong();
    this.#pendingData = this.#pendingData === undefined ? line : `${this.#pendingData}\n${line}`;
  }

  #dispatch(): boolean {
    const data = this.#pendingData;
    const name = this.#pendingName;
    this.#pendingName = '';
    if (data === undefined) return false;
    this.#pendingData = undefined;
    this.#pendingLength = 0;
    this.name = name;
    this.data = data;
    return true;
  }

  #keep(bytes: Uint8Array): void {
    this.#tailLength += bytes.length;
    if (this.#tailLength > this.#limit) throw new EventTooLong();
    // A copy, which `slice` of a Buffer would not be: the chunk is a view of all that the socket read.
    this.#tail.push(new Uint8Array(bytes));
  }

  #decode(bytes: Uint8Array): string {
    const text = textOf(this.#tailLength > 0 ? this.#joined(bytes) : bytes);
    if (this.#begun) return text;
    this.#begun = true;
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  /** The tail with these bytes behind it. Nothing holds its pieces when this returns: text is yet to be made of all. */
  #joined(bytes: Uint8Array): Uint8Array {
    const whole = Buffer.concat([...this.#tail, bytes]);
    this.#tail = [];
    this.#tailLength = 0;
    return whole;
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}

/** Where the value of a field starts; -1 when the name is a longer one. A name alone has the empty value. */
function valueStart(text: string, at: number, end: number): number {
  if (at === end) return end;
  if (text.charCodeAt(at) !== 58) return -1;
  return text.charCodeAt(at + 1) === space && at + 1 < end ? at + 2 : at + 1;
}

/** Just behind the last line end of the chunk; 0 when there is none. */
function endOfLines(chunk: Uint8Array): number {
  for (let at = chunk.length - 1; at >= 0; at--) {
    const byte = chunk[at];
    if (byte === lineFeed || byte === carriageReturn) return at + 1;
  }
  return 0;
}
