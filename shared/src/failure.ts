/** How a failed request tells what happened: the `data` of a response error. */
import * as z from 'zod';

/** What a person can do about it, as something an editor can offer. */
export const Remedy = z.enum(['setKey', 'checkConnection', 'retry', 'restart', 'startDemo', 'showLog', 'openSettings']);
export type Remedy = z.infer<typeof Remedy>;

export const Failure = z.strictObject({
  /** The kind of error, for programs; the message is for people. */
  kind: z.string().max(64),
  remedies: z.array(Remedy),
  /** Text that had arrived before the failure. It is kept. */
  partial: z.string().optional(),
});
export type Failure = z.infer<typeof Failure>;
