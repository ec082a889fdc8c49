/** Where an edit goes in a document, and how its text gets there while it still comes. */
import type { EditGroup, GrowingText } from '../../editing.ts';
import { createAdapting } from '../../text/adapted.ts';
import { elisionIn } from '../../text/copied.ts';
import { findOld } from '../../text/findOld.ts';
import { lineEndOf } from '../../text/fit.ts';
import { lineStartsOf } from '../../text/lines.ts';
import type { Span } from '../../text/spans.ts';
import type { Step } from './calls.ts';
import type { Restorer } from './secrets.ts';

export interface PlaceParts {
  readonly group: Pick<EditGroup, 'text' | 'grow'>;
  readonly uri: string;
  /** As the model knows it. */
  readonly path: string;
  /** Where the person wants the change, in offsets of the text before it; undefined where they named no place. */
  readonly near?: Span;
  readonly restorer: Pick<Restorer, 'restore'>;
}

/** An edit whose text still comes. */
export interface Started {
  /** The text of the document before the edit. */
  readonly before: string;
  readonly growing: GrowingText;
  readonly feed: Feed;
}

/** The place of an edit, or why there is none, for the model. */
export function start({ group, uri, path, near, restorer }: PlaceParts, step: Step): Started | string {
  const text = group.text(uri);
  if (text === undefined) return `${path} is not open.`;
  const lineEnd = lineEndOf(text);
  if (step.command === 'insert') return insertion(text, step.line, (span) => group.grow(uri, span, lineEnd), restorer);
  const place = findOld(text, restorer.restore(step.old), near?.start, near?.end);
  if (place.kind !== 'found') return `old_str in ${path}: ${place.message}.`;
  const adapting = createAdapting(place);
  const span = place.ending === 'inside' ? wholeLines(text, place) : { start: place.start, end: place.end };
  const growing = group.grow(uri, span, lineEnd);
  growing.push(text.slice(span.start, place.start));
  const rest = text.slice(place.end, span.end);
  return {
    before: text,
    growing,
    feed: createFeed(
      restorer,
      (piece) => growing.push(adapting.push(piece)),
      () => growing.push(adapting.end() + rest),
    ),
  };
}

/** Puts in the rest of an edit. @returns why it did not go on, for the person; undefined when all of it is there. */
export async function ended({ feed, growing }: Started, text: string): Promise<string | undefined> {
  feed.upTo(text);
  feed.end();
  try {
    await growing.end();
  } catch (error) {
    await growing.abandon('The editor did not answer.');
    throw error;
  }
  return growing.stopped;
}

/** Why a text must not be written: words for the model, and for the person who has seen it grow. */
export interface Unwritable {
  readonly message: string;
  readonly reason: string;
}

/** @param before the document's text before it. */
export function unwritable(text: string, before: string, restorer: Restorer): Unwritable | undefined {
  const unknown = restorer.unknownIn(text);
  if (unknown !== undefined)
    return {
      message: `${unknown} cannot be written here: leave the line that has it as it is.`,
      reason: 'It would have written a placeholder over a secret.',
    };
  const elided = elisionIn(text, before);
  if (elided === undefined) return undefined;
  return {
    message: `\`${elided}\` stands for lines that were left out. Nothing may be left out: write every line.`,
    reason: 'It left lines out.',
  };
}

/** The lines that a span begins and ends in, with their line ends. */
function wholeLines(text: string, { start, end }: Span): Span {
  const before = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1));
  const ends = /\r\n|\n|\r/g;
  ends.lastIndex = end;
  const isLineStart = end > start && /[\n\r]/.test(text.charAt(end - 1));
  const next = isLineStart ? undefined : ends.exec(text);
  return {
    start: before + 1,
    end: isLineStart ? end : next === undefined || next === null ? text.length : next.index + next[0].length,
  };
}

function insertion(
  text: string,
  line: number,
  grow: (span: Span) => GrowingText,
  restorer: PlaceParts['restorer'],
): Started | string {
  const starts = lineStartsOf(text);
  const count = text === '' ? 0 : starts.length - (starts.at(-1) === text.length ? 1 : 0);
  if (line > count) return `insert_line ${line} is outside the file: it has ${count} lines.`;
  const at = starts[line] ?? text.length;
  // Behind a last line without a line end: that line is replaced by itself, a line end, and the new lines.
  const isUnended = line > 0 && line === count && !/[\n\r]$/.test(text);
  const from = isUnended ? (starts[line - 1] ?? 0) : at;
  const growing = grow({ start: from, end: at });
  if (isUnended) growing.push(`${text.slice(from)}\n`);
  let held = '';
  let isEnded = true;
  const push = (piece: string): void => {
    const text = held + piece;
    // At the end of a file whose last line has no line end, the new last line has none either.
    held = isUnended ? (/(?:\r\n|\n|\r)$/.exec(text)?.[0] ?? '') : '';
    if (text !== '') isEnded = /[\n\r]$/.test(text);
    growing.push(held === '' ? text : text.slice(0, -held.length));
  };
  const end = (): void => growing.push(isUnended || isEnded ? '' : '\n');
  return { before: text, growing, feed: createFeed(restorer, push, end) };
}

/** Text on its way: each character once, by whole lines, with what was taken out put back. */
interface Feed {
  /** The text as far as it has come. */
  upTo(text: string): void;
  end(): void;
}

function createFeed(restorer: PlaceParts['restorer'], push: (piece: string) => void, end: () => void): Feed {
  let taken = 0;
  let seen = '';
  return {
    upTo(text) {
      seen = text;
      const lineEnd = text.lastIndexOf('\n') + 1;
      if (lineEnd <= taken) return;
      push(restorer.restore(text.slice(taken, lineEnd)));
      taken = lineEnd;
    },
    end() {
      push(restorer.restore(seen.slice(taken)));
      end();
    },
  };
}
