/** An answer of the model (API reference, "Messages", response). */
import * as z from 'zod';
import { ContentBlock } from './blocks.ts';
import { Usage } from './usage.ts';

/** Why the model stopped. Anything else is newer than this client: treat it as `end_turn`. */
export type StopReason =
  | 'end_turn'
  | 'max_tokens'
  | 'stop_sequence'
  | 'tool_use'
  | 'pause_turn'
  | 'refusal'
  | 'model_context_window_exceeded'
  | 'compaction';

/** More on a refusal. */
export const StopDetails = z.looseObject({ category: z.string().nullish(), explanation: z.string().nullish() });
export type StopDetails = z.infer<typeof StopDetails>;

/**
 * An answer. Sent back as `{ role: 'assistant', content: message.content }`, its blocks go out as they came.
 *
 * A refusal (`stop_reason: 'refusal'`, details in `stop_details`) and an answer cut at the limit (`max_tokens`) are
 * ordinary messages: check `stop_reason` before relying on the content.
 */
export const Message = z.looseObject({
  id: z.string(),
  type: z.literal('message'),
  role: z.literal('assistant'),
  model: z.string(),
  content: z.array(ContentBlock),
  /** Null or absent while the answer is still coming. */
  // The names are for completion in editors; any string may come.
  stop_reason: z.custom<StopReason | (string & {})>((value) => typeof value === 'string').nullish(),
  /** The stop sequence that matched, for `stop_sequence`. */
  stop_sequence: z.string().nullish(),
  stop_details: StopDetails.nullish(),
  usage: Usage,
});
export type Message = z.infer<typeof Message>;
