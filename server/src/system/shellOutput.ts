/** What a command writes, made readable while it comes: bytes cut anywhere, without what steers a terminal (threats S19), and only the last of it. Pure. */
import { stripControl } from '#shared/control.ts';

/** One stream of a command. Give it the pieces in order. */
export interface Cleaner {
  push(bytes: Uint8Array): string;
  /** What was held back. */
  end(): string;
}

/** A piece may end within a character, a control sequence, or a line's end: that waits for the next one. */
export function createCleaner(): Cleaner {
  const decoder = new TextDecoder();
  let held = '';
  const clean = (text: string, isLast: boolean): string => {
    const all = held + text;
    const tail = isLast ? '' : (unfinished.exec(all.slice(-longestHeld))?.[0] ?? '');
    held = tail;
    return withoutControl(all.slice(0, all.length - tail.length));
  };
  return {
    push: (bytes) => clean(decoder.decode(bytes, { stream: true }), false),
    end: () => clean(decoder.decode(), true),
  };
}

/** Of a sequence that goes on for longer than that, the introducer goes and the rest is text. */
const longestHeld = 4_096;

/** The beginning of a control sequence, or of a line's end. */
const unfinished =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /(?:\r+|\x1b(?:[ -/]*|\[[0-?]*[ -/]*|[\]PX^_](?:\P{Cc}|\t)*\x1b?)|\x9b[0-?]*[ -/]*|[\x90\x98\x9d-\x9f](?:\P{Cc}|\t)*\x1b?)$/u;

/** A `\r` alone stays for now: it says that the line is written anew. */
function withoutControl(text: string): string {
  return text
    .split('\r')
    .map((part) => stripControl(part))
    .join('\r');
}

/** For whoever reads along: what is written over a line stands on the next one. */
export function asLines(text: string): string {
  return text.replace(/\r+\n?/g, '\n');
}

/** Of a line that was written over, what was written last: progress bars become one line. */
function asLeft(text: string): string {
  // Most is not, and half a million lines take their time while somebody waits for a stop.
  if (!text.includes('\r')) return text;
  return text
    .split(/\r*\n/)
    .map((line) => (line.includes('\r') ? (line.split('\r').findLast((written) => written !== '') ?? '') : line))
    .join('\n');
}

/** Keeps the last of a text. */
export interface Ring {
  push(text: string): void;
  end(): { readonly output: string; readonly dropped: number };
}

/** @param most characters that are kept. */
export function createRing(most: number): Ring {
  let pieces: string[] = [];
  let length = 0;
  let dropped = 0;
  const shorten = (): void => {
    const all = pieces.join('');
    // Not through the middle of a character.
    const cut = Math.max(0, all.length - most);
    const from = cut + (/^[\udc00-\udfff]/.test(all.charAt(cut)) ? 1 : 0);
    dropped += from;
    pieces = [all.slice(from)];
    length = all.length - from;
  };
  return {
    push(text) {
      pieces.push(text);
      length += text.length;
      if (length > 2 * most) shorten();
    },
    end() {
      shorten();
      return { output: asLeft(pieces[0] ?? ''), dropped };
    },
  };
}
