/** What the server is doing, for a status bar. */
import * as z from 'zod';
import { notification } from './request.ts';

export const Status = z.strictObject({
  state: z.enum(['ready', 'busy', 'signedOut', 'limited', 'error']),
  /** Answers come from the demo backend: no model is running. */
  demo: z.boolean(),
  /** Host that requests go to; empty until it is known. */
  host: z.string(),
  /** One sentence about the state, with what to do where something is wrong. */
  detail: z.string(),
});
export type Status = z.infer<typeof Status>;

export const statusNotification = notification({
  method: 'gloss/status',
  from: 'server',
  summary: 'The state of the connection, sent when it changes.',
  params: Status,
});
