/** What is known while a JSON Schema is walked, and how its parts are told. */
import { ClaudeError } from '../errors.ts';
import type { JsonSchema } from '../schema/standard.ts';

/** What is known while a schema is walked. */
export interface Walk {
  readonly root: JsonSchema;
  /** Optional properties so far. */
  optional: number;
  /** Schemas with several types so far. */
  unions: number;
  strict(schema: unknown, place: string): JsonSchema;
}

/** Takes the words that it knows out of a schema. */
export type Part = (
  schema: JsonSchema,
  place: string,
  walk: Walk,
) => { readonly kept: JsonSchema; readonly left: JsonSchema };

export function unusable(place: string, problem: string): ClaudeError {
  const what = place === '' ? 'The schema' : `The schema at ${place}`;
  return new ClaudeError('configuration', `${what} ${problem}.`, { stage: 'settings', field: 'schema' });
}

/** The description, with the words that were taken out at its end. */
export function describing(description: unknown, left: JsonSchema): JsonSchema {
  const words = Object.entries(left).map(([word, value]) => `${word}: ${JSON.stringify(value)}`);
  const texts = [
    ...(typeof description === 'string' ? [description] : []),
    ...(words.length > 0 ? [`{${words.join(', ')}}`] : []),
  ];
  return texts.length === 0 ? {} : { description: texts.join('\n\n') };
}
