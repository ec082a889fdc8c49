/** What a run of tools tells while it goes on, and how it ends. */
import type { StreamEvent } from '../../schema/events.ts';
import type { Message } from '../../schema/message.ts';
import type { ToolResultParam } from '../../schema/request.ts';

/** A call of a tool, as the model made it. */
export interface ToolCall {
  /** `toolu_…` */
  readonly id: string;
  /** The tool, or the member of the toolset. */
  readonly name: string;
  /** The toolset that the name belongs to. */
  readonly toolset: string | undefined;
  /** What it is called with, frozen; as the model wrote it where it does not fit. */
  readonly input: unknown;
}

/**
 * What became of a call. `done` and `failed`: it ran. Not run: `invalid`, its input does not fit; `unknown`, there is
 * no such tool; `denied`, it was not approved; `skipped`, it made no sense any more. `stopped`: the run was stopped
 * before or while it ran.
 */
export type ToolOutcome = 'done' | 'failed' | 'invalid' | 'unknown' | 'denied' | 'skipped' | 'stopped';

/** What ends a run before the model does. */
export type LimitName = 'turns' | 'tokens' | 'dollars' | 'pauses' | 'same_calls';

/**
 * Why a run ended. `finished`: the model has said what it had to say. `truncated`: at `max_tokens`. `context_full`: the
 * context window is full. `refused`: the answer is not part of the history. `limit`: one of the run's own limits.
 */
export type RunEnding =
  | { readonly reason: 'finished' | 'truncated' | 'context_full' | 'refused'; readonly message: Message }
  | { readonly reason: 'limit'; readonly limit: LimitName; readonly message: Message };

/** What a run has used so far. */
export interface RunUsage {
  /** Requests that were answered. */
  readonly turns: number;
  /** Tokens in and out, of all kinds. */
  readonly tokens: number;
  /** US dollars; undefined when something has no price. */
  readonly dollars: number | undefined;
}

/** In the order in which things happen; `turn` counts requests from 1. */
export type RunEvent =
  | { readonly type: 'turn_started'; readonly turn: number; readonly model: string }
  /** An event of the answer's stream. */
  | { readonly type: 'stream'; readonly turn: number; readonly event: StreamEvent }
  /** Another model answered, because these refused. The run stays with it. */
  | { readonly type: 'fallback'; readonly turn: number; readonly refused: readonly Message[]; readonly model: string }
  /** It is allowed, and runs now. */
  | { readonly type: 'tool_started'; readonly turn: number; readonly call: ToolCall }
  | { readonly type: 'tool_progress'; readonly turn: number; readonly call: ToolCall; readonly progress: unknown }
  | ToolFinished
  /** The answer is whole, and its calls are answered. */
  | { readonly type: 'turn_finished'; readonly turn: number; readonly message: Message; readonly usage: RunUsage }
  /** Something is odd, and the run goes on. */
  | { readonly type: 'warning'; readonly turn: number; readonly text: string }
  | { readonly type: 'limit_reached'; readonly turn: number; readonly limit: LimitName }
  /** The last one. A run that fails ends with an error instead. */
  | { readonly type: 'finished'; readonly ending: RunEnding };

/** Of each call once, also of those that did not run. */
export interface ToolFinished {
  /** Tells these events from the others. */
  readonly type: 'tool_finished';
  /** The turn that called it: 1, 2, … */
  readonly turn: number;
  /** The call that is over. */
  readonly call: ToolCall;
  /** How it ended. */
  readonly outcome: ToolOutcome;
  /** What the model is told. */
  readonly result: ToolResultParam;
  /** Milliseconds that it ran. */
  readonly duration: number;
  /** What it threw. */
  readonly error?: unknown;
}
