/** From the model's answer to notes that stand: each on a line that reads as it quotes. Pure. */
import { stripControl } from '#shared/control.ts';
import { revealInvisible } from '#shared/invisible.ts';
import type { MaterialLine } from './documents.ts';
import { longestNote } from './notesPrompt.ts';

/** A note beside a line of the document. */
export interface StandingNote {
  /** Zero-based, of the document. */
  readonly line: number;
  readonly text: string;
}

export interface Noted {
  /** In the order of their lines, one a line at most. */
  readonly notes: readonly StandingNote[];
  /** How many do not stand: what they quote is on no line that they can mean. */
  readonly dropped: number;
}

interface Written {
  /** Counted from 1. */
  readonly line: number;
  readonly quote: string;
  readonly note: string;
}

function isWritten(value: unknown): value is Written {
  if (typeof value !== 'object' || value === null) return false;
  const { line, quote, note }: Partial<Record<string, unknown>> = { ...value };
  return typeof line === 'number' && typeof quote === 'string' && typeof note === 'string';
}

/** How far a model miscounts. */
const linesNearby = 5;

/** @param lines The lines of the code as they were sent. @param most What comes after so many notes does not count. */
export function notesIn(answer: string, lines: readonly MaterialLine[], most: number): Noted {
  const written = objectsIn(answer).filter(isWritten).slice(0, mostRead);
  const byLine = new Map<number, string>();
  let dropped = 0;
  for (const note of written) {
    const line = lineOf(note, lines);
    const text = shownText(note.note);
    if (line === undefined || text === '') dropped++;
    else if (!byLine.has(line) && byLine.size < most) byLine.set(line, text);
  }
  const notes = [...byLine].map(([line, text]) => ({ line, text })).sort((one, other) => one.line - other.line);
  return { notes, dropped };
}

const mostRead = 200;

/** The line that a note means: the one it names where that reads so, else the only one nearby that does. */
function lineOf({ line, quote }: Written, lines: readonly MaterialLine[]): number | undefined {
  const wanted = words(quote);
  if (!/[\p{L}\p{N}]/u.test(wanted)) return undefined;
  const reads = ({ text }: MaterialLine) => words(text).includes(wanted);
  const named = lines.find((each) => each.line === line - 1);
  if (named !== undefined && reads(named)) return named.line;
  const nearby = lines.filter((each) => Math.abs(each.line - (line - 1)) <= linesNearby && reads(each));
  return nearby.length === 1 ? nearby[0]?.line : undefined;
}

/** With single blanks: models write tabs as blanks. */
function words(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** Plain text on one line, with what hides shown (threats S24). */
function shownText(note: string): string {
  const plain = revealInvisible(stripControl(note.replace(/[\s\u2028\u2029]+/g, ' '))).text.trim();
  if (plain.length <= longestNote) return plain;
  return `${plain
    .slice(0, longestNote - 1)
    .trimEnd()
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`;
}

/** Longer than any note with its quote. */
const longestObject = 8_000;

/**
 * The JSON objects in a text that hold no others, in their order: whole ones also of an answer that was cut, or that
 * has words around it. Linear in the text's length.
 */
export function objectsIn(text: string): readonly unknown[] {
  const found: unknown[] = [];
  let open = -1;
  for (let at = Math.max(0, text.search(/\{\s*"/)); at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') at = endOfString(text, at);
    else if (character === '{') open = at;
    else if (character === '}' && open >= 0) {
      const object = at - open > longestObject ? undefined : parsed(text.slice(open, at + 1));
      if (object !== undefined) found.push(object);
      open = -1;
    }
  }
  return found;
}

/** Where the string that begins here is closed; the end of the text where it is not. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++;
    else if (text.charAt(at) === '"') return at;
  }
  return text.length;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: it is no note.
    return undefined;
  }
}
