/** Rules for requests as a zod schema. It is given them: what is loaded late should load nothing that is there already. */
import * as z from 'zod';
import type { Problem } from '../models/problem.ts';
import type { MessageRequest } from './request.ts';

/** @param problemsOf All that is wrong with a request. */
export function schemaOf(problemsOf: (request: unknown) => readonly Problem[]): z.ZodType<MessageRequest> {
  return z.custom<MessageRequest>().superRefine((value, { addIssue }) => {
    for (const { path, text } of problemsOf(value))
      addIssue({ code: 'custom', path: [...path], message: text, input: value });
  });
}
