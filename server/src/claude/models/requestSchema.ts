/** A schema for requests that come from outside. */
import type { ZodType } from 'zod';
import type { MessageRequest } from '../schema/request.ts';
import type { KnownRules, Use } from './problem.ts';
import { problemsOf } from './validate.ts';

/** What the requests are for. */
export interface RequestSchemaOptions {
  /** `stream` also refuses what cannot be streamed. Default `create`. */
  readonly use?: Use;
  /** Names that will be given for `anthropic-beta`. */
  readonly betas?: readonly string[];
}

/**
 * A zod schema for the body of a messages request, for programs that take requests from outside. It says all that is
 * wrong at once (the first hundred problems): each issue has the `path`, and a `message` that says what is wrong and
 * what to do. The same rules run before each call. What it accepts it gives back as it came.
 * @param rules Of the model that the requests are for, as `claude.models.rules` gives them; without them each
 * request is held to the static table's rules for its own model.
 */
export async function requestSchema(
  rules?: KnownRules,
  options: RequestSchemaOptions = {},
): Promise<ZodType<MessageRequest>> {
  const { schemaOf } = await import('../schema/requestSchema.ts');
  return schemaOf((request) => problemsOf(request, { ...options, rules }));
}
