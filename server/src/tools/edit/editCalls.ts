/** Does what the model calls the edit tool for, while it is still writing it; what does not work is told it in words that help. */
import type { EditGroup } from '../../editing.ts';
import type { ToolStep } from '../../ports.ts';
import type { Span } from '../../text/spans.ts';
import { type Call, callOf, growingCall, type Step } from './calls.ts';
import { editTool } from './editTool.ts';
import { ended, type Started, start, unwritable } from './places.ts';
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
  const begin = (id: string, call: Step & { readonly path: string }): void => {
    const started = startIn(parts, call);
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
  const problem = unwritable(call.text, current?.before ?? parts.group.text(parts.document) ?? '', parts.restorer);
  if (problem !== undefined) {
    await current?.growing.abandon(problem.reason);
    return { kind: 'failed', text: problem.message };
  }
  const started = current ?? startIn(parts, call);
  if (typeof started === 'string') return { kind: 'failed', text: started };
  const stopped = await ended(started, call.text);
  if (stopped !== undefined) return { kind: 'stopped', text: stopped };
  return { kind: 'done', text: 'Done. The developer sees the edit and decides on it.' };
}

/** The place of an edit in the one document that may be changed, or why there is none. */
function startIn(parts: EditCallsParts, call: Step & { readonly path: string }): Started | string {
  const { group, document, path, near, restorer } = parts;
  const target = group.resolve(call.path, document);
  if ('message' in target) return target.message;
  if (target.uri !== document) return `Only ${path} may be changed here.`;
  return start({ group, uri: document, path, near: near(), restorer }, call);
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
