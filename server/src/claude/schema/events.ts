/** What a stream says, event by event (API reference, "Streaming messages"). */
import * as z from 'zod';
import { ContentBlock, type UnknownType } from './blocks.ts';
import { Message } from './message.ts';
import { UsageDelta } from './usage.ts';

/** Position of a block in the message's content. */
const Index = z.int().min(0);

export const MessageStartEvent = z.looseObject({ type: z.literal('message_start'), message: Message });
export type MessageStartEvent = z.infer<typeof MessageStartEvent>;

export const ContentBlockStartEvent = z.looseObject({
  type: z.literal('content_block_start'),
  index: Index,
  content_block: ContentBlock,
});
export type ContentBlockStartEvent = z.infer<typeof ContentBlockStartEvent>;

export const TextDelta = z.looseObject({ type: z.literal('text_delta'), text: z.string() });
export type TextDelta = z.infer<typeof TextDelta>;

/** A piece of a tool's input, as raw JSON text: not valid by itself. */
export const InputJsonDelta = z.looseObject({ type: z.literal('input_json_delta'), partial_json: z.string() });
export type InputJsonDelta = z.infer<typeof InputJsonDelta>;

export const ThinkingDelta = z.looseObject({ type: z.literal('thinking_delta'), thinking: z.string() });
export type ThinkingDelta = z.infer<typeof ThinkingDelta>;

export const SignatureDelta = z.looseObject({ type: z.literal('signature_delta'), signature: z.string() });
export type SignatureDelta = z.infer<typeof SignatureDelta>;

export const CitationsDelta = z.looseObject({
  type: z.literal('citations_delta'),
  citation: z.looseObject({ type: z.string() }),
});
export type CitationsDelta = z.infer<typeof CitationsDelta>;

export const CompactionDelta = z.looseObject({ type: z.literal('compaction_delta'), content: z.string().nullish() });
export type CompactionDelta = z.infer<typeof CompactionDelta>;

/** A delta newer than this client: handed on, and not part of the snapshot. */
export const UnknownDelta = z.looseObject({ type: z.custom<UnknownType>((value) => typeof value === 'string') });
export type UnknownDelta = z.infer<typeof UnknownDelta>;

export type ContentDelta =
  | TextDelta
  | InputJsonDelta
  | ThinkingDelta
  | SignatureDelta
  | CitationsDelta
  | CompactionDelta
  | UnknownDelta;

const deltas = {
  text_delta: TextDelta,
  input_json_delta: InputJsonDelta,
  thinking_delta: ThinkingDelta,
  signature_delta: SignatureDelta,
  citations_delta: CitationsDelta,
  compaction_delta: CompactionDelta,
};

const ContentDelta = z.custom<ContentDelta>().superRefine((value, context) => {
  const type = typeof value === 'object' && value !== null ? value.type : undefined;
  const schema = typeof type === 'string' && Object.hasOwn(deltas, type) ? deltas[type] : UnknownDelta;
  for (const issue of schema.safeParse(value).error?.issues ?? []) context.addIssue({ ...issue });
});

export const ContentBlockDeltaEvent = z.looseObject({
  type: z.literal('content_block_delta'),
  index: Index,
  delta: ContentDelta,
});
export type ContentBlockDeltaEvent = z.infer<typeof ContentBlockDeltaEvent>;

export const ContentBlockStopEvent = z.looseObject({ type: z.literal('content_block_stop'), index: Index });
export type ContentBlockStopEvent = z.infer<typeof ContentBlockStopEvent>;

/** Fields of the message that came later, and cumulative counts. Each replaces what was there. */
export const MessageDeltaEvent = z.looseObject({
  type: z.literal('message_delta'),
  delta: z.looseObject({ stop_reason: z.string().nullish(), stop_sequence: z.string().nullish() }),
  usage: UsageDelta.nullish(),
});
export type MessageDeltaEvent = z.infer<typeof MessageDeltaEvent>;

export const MessageStopEvent = z.looseObject({ type: z.literal('message_stop') });
export type MessageStopEvent = z.infer<typeof MessageStopEvent>;

/** The service gave up in the middle. Never handed on: it is thrown, typed by `error.type`. */
export const ErrorEvent = z.looseObject({
  type: z.literal('error'),
  error: z.looseObject({
    type: z.string(),
    message: z.string().nullish(),
    details: z.looseObject({ error_code: z.string().nullish() }).nullish(),
  }),
  request_id: z.string().nullish(),
});
export type ErrorEvent = z.infer<typeof ErrorEvent>;

/** An event newer than this client, as it came. */
export interface UnknownEvent {
  readonly type: UnknownType;
  readonly [field: string]: unknown;
}

/** What a reader of a stream sees. Pings are left out. */
export type StreamEvent =
  | MessageStartEvent
  | ContentBlockStartEvent
  | ContentBlockDeltaEvent
  | ContentBlockStopEvent
  | MessageDeltaEvent
  | MessageStopEvent
  | UnknownEvent;
