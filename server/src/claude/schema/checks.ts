/** Where the service's answers are checked. Loaded when the first answer comes: zod is the larger part of starting up. */
import type * as z from 'zod';
import { deepest, isTooDeep } from './depth.ts';
import { ErrorBody, ModelInfo, ModelPage, TokenCount } from './endpoints.ts';
import {
  ContentBlockDeltaEvent,
  ContentBlockStartEvent,
  ContentBlockStopEvent,
  ErrorEvent,
  MessageDeltaEvent,
  MessageStartEvent,
} from './events.ts';
import { Message } from './message.ts';

/** Says what is wrong with a value; undefined when nothing is. The value itself goes on as it came, byte for byte. */
export type Check<Value> = (value: unknown) => Checked<Value>;

/** A value that fits, or what does not. */
export type Checked<Value> = { readonly value: Value } | { readonly problem: string };

export const checks = {
  message_start: checkFor(MessageStartEvent),
  content_block_start: checkFor(ContentBlockStartEvent),
  content_block_delta: checkFor(ContentBlockDeltaEvent),
  content_block_stop: checkFor(ContentBlockStopEvent),
  message_delta: checkFor(MessageDeltaEvent),
  error: checkFor(ErrorEvent),
  message: checkFor(Message),
  tokenCount: checkFor(TokenCount),
  model: checkFor(ModelInfo),
  modelPage: checkFor(ModelPage),
  errorBody: checkFor(ErrorBody),
};
export type Checks = typeof checks;

export function checkFor<Value>(schema: z.ZodType<Value>): Check<Value> {
  return (value) => {
    if (isTooDeep(value)) return { problem: `it is nested more than ${deepest} levels deep` };
    const result = schema.safeParse(value);
    // None of the schemas changes what it reads: the original is of the type, too, with its fields in their order.
    return result.success ? { value: value as Value } : { problem: problemOf(result.error) };
  };
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'it does not fit' : `${issue.path.join('.') || 'it'}: ${issue.message}`;
}
