/** Does what the model calls the edit tool for, while it is still writing it; what does not work is told it in words that help. */
import type { EditGroup, GrowingText } from '../../editing.ts';
import type { ToolStep } from '../../ports.ts';
import { createAdapting } from '../../text/adapted.ts';
import { elisionIn } from '../../text/copied.ts';
import { findOld } from '../../text/findOld.ts';
import { lineEndOf } from '../../text/fit.ts';
import { lineStartsOf } from '../../text/lines.ts';
import type { Span } from '../../text/spans.ts';
import { type Call, callOf, growingCall } from './calls.ts';
import { editTool } from './editTool.ts';
import type { Restorer } from './secrets.ts';

/** What a call came to: goes back to the model. */
export interface CallResult {
  readonly id: string;
  readonly text: string;
  /** `seen`: it only looked; `failed`: it may try again; `stopped`: the person has taken over. */
  readonly kind: 'done' | 'seen' | 'failed' | 'stopped';
}

export interface EditCalls {
  /** A piece of a call. Waits only at the end of one. */
  hear(step: ToolStep): Promise<void>;
  /** Results since the last time, in the order of the calls. */
  take(): readonly CallResult[];
  /** Nothing more comes: what is not whole goes. */
  abandon(reason: string): Promise<void>;
}

export interface EditCallsParts {
  readonly group: EditGroup;
  /** The document that the question is about, and how the model knows it. */
  readonly document: string;
  readonly path: string;
  /** Where the person wants the change, in offsets of the text before it. */
  near(): Span;
  readonly restorer: Restorer;
  /** New files may be made. */
  readonly mayCreate: boolean;
  /** The lines as the model may see them, with numbers. */
  view(range: readonly number[] | undefined): string;
}

/** An edit whose text still comes. */
interface Running extends Started {
  readonly id: string;
}

export function createEditCalls(parts: EditCallsParts): EditCalls {
  let running: Running | undefined;
  let results: CallResult[] = [];
  const refused = new Set<string>();
  const begin = (id: string, call: Call): void => {
    const started = start(parts, call);
    if (typeof started === 'string') refused.add(id);
    else running = { id, ...started };
  };
  const finish = async ({ id, name, state, value }: ToolStep): Promise<CallResult> => {
    const current = running?.id === id ? running : undefined;
    running = undefined;
    if (name !== editTool.name) return { id, kind: 'failed', text: `There is no tool ${name.slice(0, 64)} here.` };
    const call =
      state === 'complete'
        ? callOf(value, parts.path)
        : { problem: 'The input is not complete JSON. Send the call again.' };
    if ('problem' in call) {
      await current?.growing.abandon('The model did not finish it.');
      return { id, kind: 'failed', text: call.problem };
    }
    if (call.command === 'view') return { id, kind: 'seen', text: viewed(parts, call) };
    if (call.command === 'create') return { id, ...created(parts, call) };
    return { id, ...(await whole(parts, call, current)) };
  };
  return {
    async hear(step) {
      if (step.state !== 'open') {
        results.push(await finish(step));
        return;
      }
      const call =
        refused.has(step.id) || step.name !== editTool.name ? undefined : growingCall(step.value, parts.path);
      if (call === undefined || call.command === 'view' || call.command === 'create') return;
      if (running?.id !== step.id) begin(step.id, call);
      running?.feed.upTo(call.text);
    },
    take() {
      const taken = results;
      results = [];
      return taken;
    },
    async abandon(reason) {
      const current = running;
      running = undefined;
      await current?.growing.abandon(reason);
    },
  };
}

type Outcome = Omit<CallResult, 'id'>;

async function whole(
  parts: EditCallsParts,
  call: Extract<Call, { command: 'str_replace' | 'insert' }>,
  current: Running | undefined,
): Promise<Outcome> {
  const unknown = parts.restorer.unknownIn(call.text);
  if (unknown !== undefined) {
    await current?.growing.abandon('It would have written a placeholder over a secret.');
    return { kind: 'failed', text: `${unknown} cannot be written here: leave the line that has it as it is.` };
  }
  const elided = elisionIn(call.text, current?.before ?? parts.group.text(parts.document) ?? '');
  if (elided !== undefined) {
    await current?.growing.abandon('It left lines out.');
    return {
      kind: 'failed',
      text: `\`${elided}\` stands for lines that were left out. Nothing may be left out: write every line.`,
    };
  }
  const started = current ?? start(parts, call);
  if (typeof started === 'string') return { kind: 'failed', text: started };
  started.feed.upTo(call.text);
  started.feed.end();
  try {
    await started.growing.end();
  } catch (error) {
    await started.growing.abandon('The editor did not answer.');
    throw error;
  }
  const { stopped } = started.growing;
  if (stopped !== undefined) return { kind: 'stopped', text: stopped };
  return { kind: 'done', text: 'Done. The developer sees the edit and decides on it.' };
}

interface Started {
  /** The text of the document before the edit. */
  readonly before: string;
  readonly growing: GrowingText;
  readonly feed: Feed;
}

/** The place of an edit, or why there is none. */
function start({ group, document, path, near, restorer }: EditCallsParts, call: Call): Started | string {
  const target = group.resolve(call.path, document);
  if ('message' in target) return target.message;
  if (target.uri !== document) return `Only ${path} may be changed here.`;
  const text = group.text(document);
  if (text === undefined) return `${path} is not open.`;
  const lineEnd = lineEndOf(text);
  if (call.command === 'insert')
    return insertion(text, call.line, (span) => group.grow(document, span, lineEnd), restorer);
  if (call.command !== 'str_replace') return 'This call is no edit.';
  const { start: from, end: to } = near();
  const place = findOld(text, restorer.restore(call.old), from, to);
  if (place.kind !== 'found') return `old_str in ${path}: ${place.message}.`;
  const adapting = createAdapting(place);
  const span = place.ending === 'inside' ? wholeLines(text, place) : { start: place.start, end: place.end };
  const growing = group.grow(document, span, lineEnd);
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
  restorer: Restorer,
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

function createFeed(restorer: Restorer, push: (piece: string) => void, end: () => void): Feed {
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

function viewed({ group, document, path, view }: EditCallsParts, call: Extract<Call, { command: 'view' }>): string {
  const target = group.resolve(call.path, document);
  if ('message' in target) return target.message;
  return target.uri === document ? view(call.range) : `Only ${path} can be viewed here.`;
}

function created(
  { group, document, mayCreate, restorer }: EditCallsParts,
  call: Extract<Call, { command: 'create' }>,
): Outcome {
  if (!mayCreate) return { kind: 'failed', text: 'No new file is wanted here.' };
  const target = group.resolve(call.path, document);
  if ('message' in target) return { kind: 'failed', text: target.message };
  if (target.uri === document)
    return { kind: 'failed', text: `${call.path} is there already: change it with str_replace.` };
  const secret = restorer.secretIn(call.text);
  if (secret !== undefined)
    return { kind: 'failed', text: `${secret} stands for a secret, which cannot be written to another file.` };
  const problem = group.create(target.uri, restorer.restore(call.text));
  return problem === undefined
    ? { kind: 'done', text: 'Done. The developer sees the file and decides on it.' }
    : { kind: 'failed', text: problem };
}
