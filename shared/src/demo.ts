/** The demo backend: answers from rules on loopback, started and stopped by the person. */
import * as z from 'zod';
import { request } from './request.ts';

export const demoRequest = request({
  method: 'gloss/demo',
  from: 'client',
  summary: 'Starts or stops the demo backend on loopback and uses it for all requests. No model is running there.',
  params: z.strictObject({ run: z.boolean() }),
  result: z.strictObject({ running: z.boolean() }),
});
