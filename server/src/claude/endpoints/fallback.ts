/** Another model, when the first one refuses: what it is asked (API reference, "Stop reasons", `refusal`). */
import type { Call } from '../call.ts';
import { modelRules } from '../models/table.ts';
import type { RequestOptions } from '../options.ts';
import type { AssistantBlock, Fallback, MessageParam, MessageRequest } from '../schema/request.ts';
import type { Another } from '../stream/refusals.ts';

/** What a call for a message may have of its own. */
export interface MessageOptions extends RequestOptions {
  /**
   * Models that are asked, in this order, when the one before refuses: by name, or with settings of their own as in
   * `fallbacks`, which is the same done by the service. Thinking of earlier answers is left out for them: no other
   * model may read it. Never once a reader has seen any of the refused answer. See `refusalsBefore`.
   */
  readonly fallbackModels?: readonly (string | Fallback)[];
}

/** Asks those models one after the other, each time that it is called. */
export function successors(
  params: MessageRequest,
  { fallbackModels = [] }: MessageOptions = {},
  begin: (params: MessageRequest) => Call,
): Another | undefined {
  if (fallbackModels.length === 0) return undefined;
  const left = [...fallbackModels];
  return () => {
    const next = left.shift();
    return next === undefined ? undefined : begin(requestFor(next, params));
  };
}

/** The request as it goes to another model. */
export function requestFor(fallback: string | Fallback, params: MessageRequest): MessageRequest {
  const messages = withoutThinking(params.messages);
  if (typeof fallback === 'string') return accepted({ ...params, messages, model: fallback });
  const { output_config: output, ...changes } = fallback;
  return withoutNulls({ ...params, messages, ...changes, output_config: outputFor(output, params) });
}

/** Fields of the request are kept, unless the fallback says otherwise; null takes back. */
function outputFor(changes: Fallback['output_config'], { output_config: own }: MessageRequest): object | null {
  if (changes === null) return null;
  const merged = withoutNulls({ ...own, ...changes });
  return Object.keys(merged).length === 0 ? null : merged;
}

function withoutNulls<Fields extends object>(fields: Fields): MessageRequest {
  // What is null here is so because a fallback may say that: without it, the fields are those of a request.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as unknown as MessageRequest;
}

/** Without settings that the model is known to refuse: for one that was given by its name alone, its own will do. */
function accepted(params: MessageRequest): MessageRequest {
  const rules = modelRules(params.model);
  if (rules === undefined) return params;
  const { thinking, output_config: output, speed, ...others } = params;
  const { effort, ...format } = output ?? {};
  const kept = { ...format, ...(effort !== undefined && rules.effort.includes(effort) && { effort }) };
  return {
    ...others,
    max_tokens: Math.min(params.max_tokens, rules.maxOutputTokens),
    ...(thinking !== undefined && rules.thinking.includes(thinking.type) && { thinking }),
    ...(Object.keys(kept).length > 0 && { output_config: kept }),
    ...(speed !== undefined && !(speed === 'fast' && rules.speedFast === 'refused') && { speed }),
  };
}

/** What was said, without what the model thought: for another model. */
export function withoutThinking(messages: readonly MessageParam[]): readonly MessageParam[] {
  return messages.flatMap((message): readonly MessageParam[] => {
    if (message.role !== 'assistant' || typeof message.content === 'string') return [message];
    const content = message.content.filter((block) => !isThinking(block));
    if (content.length === message.content.length) return [message];
    return content.length === 0 ? [] : [{ ...message, content }];
  });
}

function isThinking({ type }: AssistantBlock): boolean {
  return type === 'thinking' || type === 'redacted_thinking';
}
