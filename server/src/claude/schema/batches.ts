/** Answers of the batches endpoint (API reference, "Message batches"). */
import * as z from 'zod';
import type { UnknownType } from './blocks.ts';
import { ErrorBody } from './endpoints.ts';
import { Message } from './message.ts';

const Text = z.string().nullish();
const Count = z.number().min(0).nullish();

/** How far the work on a batch is. Anything else is newer than this client. */
export type BatchStatus = 'in_progress' | 'canceling' | 'ended';

/** Many requests that are answered within a day, at half the price. */
export const MessageBatch = z.looseObject({
  id: z.string(),
  // The names are for completion in editors; any string may come.
  processing_status: z.custom<BatchStatus | (string & {})>((value) => typeof value === 'string'),
  /** Requests by their state; all are `processing` until the whole batch has ended. */
  request_counts: z
    .looseObject({ processing: Count, succeeded: Count, errored: Count, canceled: Count, expired: Count })
    .nullish(),
  /** Where the results are, once it has ended. */
  results_url: Text,
  created_at: Text,
  ended_at: Text,
  expires_at: Text,
  cancel_initiated_at: Text,
  /** Since when the results are gone. */
  archived_at: Text,
});
export type MessageBatch = z.infer<typeof MessageBatch>;

/** One page of the list of batches, newest first. */
export const BatchPage = z.looseObject({
  data: z.array(MessageBatch),
  has_more: z.boolean().nullish(),
  first_id: Text,
  last_id: Text,
});
export type BatchPage = z.infer<typeof BatchPage>;

const outcomes = {
  succeeded: z.looseObject({ type: z.literal('succeeded'), message: Message }),
  /** The request was not valid, or the service failed; the error is of the same form as that of a failed call. */
  errored: z.looseObject({ type: z.literal('errored'), error: ErrorBody }),
  canceled: z.looseObject({ type: z.literal('canceled') }),
  /** It was not begun within a day. */
  expired: z.looseObject({ type: z.literal('expired') }),
};

/** An outcome newer than this client. */
const UnknownOutcome = z.looseObject({ type: z.custom<UnknownType>((value) => typeof value === 'string') });
type UnknownOutcome = z.infer<typeof UnknownOutcome>;

/** What came of one request. */
export type BatchOutcome =
  | { [Name in keyof typeof outcomes]: z.infer<(typeof outcomes)[Name]> }[keyof typeof outcomes]
  | UnknownOutcome;

/** A known type must have its fields, an unknown one passes. */
const Outcome = z.custom<BatchOutcome>().superRefine((value, context) => {
  const type = typeof value === 'object' && value !== null ? value.type : undefined;
  const schema = typeof type === 'string' && Object.hasOwn(outcomes, type) ? outcomes[type] : UnknownOutcome;
  for (const issue of schema.safeParse(value).error?.issues ?? []) context.addIssue({ ...issue });
});

/** One line of the results. They come in any order: `custom_id` says whose it is. */
export const BatchResult = z.looseObject({ custom_id: z.string(), result: Outcome });
export type BatchResult = z.infer<typeof BatchResult>;
