/** What follows from an answer, by why it stopped (API reference, "Stop reasons"). */
import type { Message } from '../../schema/message.ts';
import type { RunEnding } from './events.ts';
import { type Content, isEmpty, isToolUse } from './history.ts';

/**
 * `answer`: its calls are to be run and answered. `go_on`: it goes back as it is, to be continued. `nudge`: the model
 * believes it is done and has said nothing. `end`: this was the last one; `keeps` says how much of it stays.
 */
export type Step =
  | { readonly type: 'answer' }
  | { readonly type: 'go_on' }
  | { readonly type: 'nudge' }
  | {
      readonly type: 'end';
      readonly reason: Exclude<RunEnding['reason'], 'limit'>;
      readonly keeps: 'all' | 'settled' | 'nothing';
    };

/** What else a step depends on. */
export interface Circumstances {
  /** An empty answer would be one to results, and the first such in a row. */
  readonly mayNudge: boolean;
  /** The answer can go back as it is. */
  readonly canGoOn: boolean;
}

export function stepAfter(
  { stop_reason: reason }: Message,
  content: Content,
  { mayNudge, canGoOn }: Circumstances,
): Step {
  const hasCalls = content.some(isToolUse);
  switch (reason) {
    case 'tool_use':
      return hasCalls ? { type: 'answer' } : { type: 'end', reason: 'finished', keeps: 'all' };
    case 'pause_turn':
    case 'compaction':
      if (hasCalls) return { type: 'answer' };
      return canGoOn ? { type: 'go_on' } : { type: 'end', reason: 'finished', keeps: 'all' };
    case 'refusal':
      return { type: 'end', reason: 'refused', keeps: 'nothing' };
    case 'max_tokens':
      return { type: 'end', reason: 'truncated', keeps: 'settled' };
    case 'model_context_window_exceeded':
      return { type: 'end', reason: 'context_full', keeps: 'settled' };
    default:
      // What is newer than this client ends the turn like `end_turn`.
      if (!isEmpty(content)) return { type: 'end', reason: 'finished', keeps: 'all' };
      return mayNudge ? { type: 'nudge' } : { type: 'end', reason: 'finished', keeps: 'nothing' };
  }
}

const known: ReadonlySet<unknown> = new Set([
  'end_turn',
  'max_tokens',
  'stop_sequence',
  'tool_use',
  'pause_turn',
  'refusal',
  'model_context_window_exceeded',
  'compaction',
]);

/** Why an answer is odd, if it is. */
export function oddityOf({ stop_reason: reason }: Message): string | undefined {
  if (known.has(reason)) return undefined;
  return `The answer stopped for a reason that this client does not know: ${String(reason).slice(0, 100)}. It counts as finished.`;
}
