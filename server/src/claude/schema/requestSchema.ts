/** The rules for requests as a zod schema. It only wraps them: see `models/validate.ts`. */
import * as z from 'zod';
import type { Context } from '../models/problem.ts';
import { problemsOf } from '../models/validate.ts';
import type { MessageRequest } from './request.ts';

export function schemaFor(context: Partial<Context>): z.ZodType<MessageRequest> {
  return z.custom<MessageRequest>().superRefine((value, { addIssue }) => {
    for (const { path, text } of problemsOf(value, context))
      addIssue({ code: 'custom', path: [...path], message: text, input: value });
  });
}
