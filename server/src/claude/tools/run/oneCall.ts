/** The way of one call: checked, approved, waiting for its slot, run. */
import type { Clock } from '../../clock.ts';
import type { ToolUseBlock } from '../../schema/blocks.ts';
import type { Message } from '../../schema/message.ts';
import { toolInputOf } from '../../stream/toolInput.ts';
import { contentOf } from '../content.ts';
import type { Behaviour, ToolContext } from '../runnable.ts';
import { type Admission, admission } from './admission.ts';
import type { RunEvent, ToolCall } from './events.ts';
import { frozenCopy } from './frozenCopy.ts';
import type { Meter } from './meter.ts';
import type { FilledOptions } from './options.ts';
import { badJson, callOf, done, earlierFailed, edited, failed, type Outcome, unknownTool } from './outcome.ts';
import type { Slots } from './slots.ts';
import type { Toolbox } from './toolbox.ts';
import { unlessAborted } from './unlessAborted.ts';

/** What the calls of all turns share. */
export interface RunParts {
  readonly options: FilledOptions;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly slots: Slots;
  readonly emit: (event: RunEvent) => void;
  /** What is at work, also when nobody waits for it any more. */
  readonly running: Set<Promise<unknown>>;
}

/** What the calls of one answer share. */
export interface TurnParts extends RunParts {
  readonly turn: number;
  readonly toolbox: Toolbox;
  /** Does things one after the other, in the order in which they were asked for. */
  readonly inTurn: <Value>(task: () => Promise<Value>) => Promise<Value>;
  /** When the tools of calls began to work, by id. */
  readonly started: Map<string, number>;
}

/** A call that is over. */
export interface EndedCall {
  readonly call: ToolCall;
  readonly outcome: Outcome;
  /** Milliseconds that it ran. */
  readonly duration: number;
}

/** A call that is not run. */
export function notBegun(block: ToolUseBlock, outcome: Outcome): EndedCall {
  return { call: callOf(block, frozenCopy(block.input)), outcome, duration: 0 };
}

/** The input of a call as text, however it arrived. */
export function textOf(block: ToolUseBlock): string {
  const arrived = toolInputOf(block);
  return arrived === undefined || arrived.state === 'complete' ? JSON.stringify(block.input) : arrived.text;
}

/**
 * @param before Whether the call before it in its toolset went well.
 * @throws the reason when the run is stopped, and what `approve` or `onEvent` throw.
 */
export async function answerCall(
  block: ToolUseBlock,
  message: Message,
  before: Promise<boolean> | undefined,
  parts: TurnParts,
): Promise<EndedCall> {
  const arrived = toolInputOf(block);
  if (arrived !== undefined && arrived.state !== 'complete') return notBegun(block, badJson(arrived.text));
  const how = parts.toolbox.find(block);
  if (how === undefined) return notBegun(block, unknownTool(block, parts.toolbox.names));
  if (before !== undefined && !(await before)) return notBegun(block, earlierFailed);
  const { signal, options } = parts;
  const admitted = await parts.inTurn(() => admission(block, how, { message, signal, approve: options.approve }));
  return 'outcome' in admitted ? { ...admitted, duration: 0 } : inSlot(admitted, how, message, parts);
}

type Admitted = Extract<Admission, { run: unknown }>;

async function inSlot(admitted: Admitted, how: Behaviour, message: Message, parts: TurnParts): Promise<EndedCall> {
  const leave = await parts.slots.enter(how.exclusive, parts.signal);
  try {
    // Stopped since the slot was given: a tool must not begin with a signal that will never fire any more.
    parts.signal.throwIfAborted();
    return await ran(admitted, message, parts);
  } finally {
    leave();
  }
}

async function ran({ call, run, isEdited }: Admitted, message: Message, parts: TurnParts): Promise<EndedCall> {
  const { signal, clock, emit, turn } = parts;
  emit({ type: 'tool_started', turn, call });
  let isOver = false;
  const report = (progress: unknown): void => {
    if (!isOver) emit({ type: 'tool_progress', turn, call, progress });
  };
  const startedAt = clock.now();
  parts.started.set(call.id, startedAt);
  const outcome = await resultOf(run, { signal, id: call.id, name: call.name, message, report }, parts);
  isOver = true;
  const duration = clock.now() - startedAt;
  return { call, outcome: isEdited ? edited(outcome, call.input) : outcome, duration };
}

/** @throws the signal's reason: what a stopped tool says is nobody's business any more. */
async function resultOf(run: Admitted['run'], context: ToolContext, { signal, running }: RunParts): Promise<Outcome> {
  const work = (async () => run(context))();
  running.add(work);
  const forget = () => running.delete(work);
  work.then(forget, forget);
  try {
    return done(contentOf(await unlessAborted(signal, work)));
  } catch (error) {
    signal.throwIfAborted();
    return failed(error);
  }
}
