/** Takes `allOf` apart: closed objects cannot be combined, so that all parts become one schema. */
import { isRecord, type JsonSchema } from '../schema/standard.ts';
import { unusable } from './schemaWalk.ts';

/** The schema with its `allOf` merged into it. What cannot be merged stays in `allOf`, for the description. */
export function mergedAllOf(schema: JsonSchema, place: string): JsonSchema {
  const { allOf, ...own } = schema;
  if (!Array.isArray(allOf)) return schema;
  return allOf.reduce<JsonSchema>((whole, part: unknown) => {
    if (!isRecord(part)) return whole;
    if ('$ref' in part) throw unusable(place, 'has a reference inside allOf: write its properties out');
    return merged(whole, mergedAllOf(part, place), place);
  }, own);
}

function merged(whole: JsonSchema, part: JsonSchema, place: string): JsonSchema {
  const sum: Record<string, unknown> = { ...whole };
  for (const [word, value] of Object.entries(part)) {
    const present = sum[word];
    if (present === undefined) sum[word] = value;
    else if (word === 'type' && present !== value)
      throw unusable(place, 'accepts nothing: the types in its allOf exclude each other');
    else if (word === 'required') sum[word] = [...new Set([...listOf(present), ...listOf(value)])];
    else if (word === 'properties') sum[word] = bothProperties(present, value);
    else if (word === 'allOf') sum[word] = [...listOf(present), ...listOf(value)];
    else if (!isSame(word, present, value)) sum['allOf'] = [...listOf(sum['allOf']), { [word]: value }];
  }
  return sum;
}

/** All objects end up closed. */
function isSame(word: string, first: unknown, second: unknown): boolean {
  return word === 'additionalProperties' || JSON.stringify(first) === JSON.stringify(second);
}

/** A property that both have must fit both. */
function bothProperties(first: unknown, second: unknown): JsonSchema {
  const [all, more] = [isRecord(first) ? first : {}, isRecord(second) ? second : {}];
  const entries = Object.entries(more).map(([name, schema]): [string, unknown] => [
    name,
    Object.hasOwn(all, name) ? { allOf: [all[name], schema] } : schema,
  ]);
  return { ...all, ...Object.fromEntries(entries) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
