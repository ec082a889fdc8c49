/** JSON Schema in the form that structured output and strict tools accept (API reference, "Structured outputs"). */
import { isRecord, type JsonSchema } from '../schema/standard.ts';
import { mergedAllOf } from './allOf.ts';
import { literals, silent, typing, union } from './schemaParts.ts';
import { describing, type Part, unusable, type Walk } from './schemaWalk.ts';
import { array, implied, isNever, number, object, string, typed } from './typeParts.ts';

/** What one request may have of them, over all its strict schemas. */
const mostOptional = 24;
const mostUnions = 16;

/**
 * The schema with what the service refuses taken out: bounds, lengths and the like go into the descriptions, where
 * the model reads them; objects are closed; required properties come first. The answer is to be checked with the
 * original schema, which still holds all of it.
 * @throws ClaudeError of kind `configuration` for what has no such form: free keys, values of any type, references
 * that lead nowhere or outside, too many optional or union-typed properties.
 */
export function strictSchema(schema: JsonSchema): JsonSchema {
  const walk: Walk = { root: schema, optional: 0, unions: 0, strict: (part, place) => strictOf(part, place, walk) };
  const strict = walk.strict(schema, '');
  checkCount(walk.optional, mostOptional, 'optional properties: make some required, or allow null instead');
  checkCount(walk.unions, mostUnions, 'properties of several types: give some of them one type');
  return strict;
}

function checkCount(count: number, most: number, what: string): void {
  if (count > most) throw unusable('', `has ${count} of at most ${most} ${what}`);
}

const anything = 'accepts anything: give it a type';

function strictOf(schema: unknown, place: string, walk: Walk): JsonSchema {
  if (isNever(schema)) throw unusable(place, 'accepts nothing: leave it out');
  if (!isRecord(schema)) throw unusable(place, anything);
  const { $defs, definitions, ...own } = mergedAllOf(schema, place);
  const named = { ...definitionsOf('$defs', $defs, walk), ...definitionsOf('definitions', definitions, walk) };
  if ('$ref' in own) return { $ref: checkedRef(own['$ref'], place, walk), ...named };
  return { ...bodyOf(own, place, walk), ...named };
}

function definitionsOf(word: string, definitions: unknown, { strict }: Walk): JsonSchema {
  if (!isRecord(definitions)) return {};
  const entries = Object.entries(definitions).map(([name, schema]) => [name, strict(schema, `${word}.${name}`)]);
  return { [word]: Object.fromEntries(entries) };
}

/** Only references inside the schema, to something that is there. Nothing is ever fetched. */
function checkedRef(ref: unknown, place: string, { root }: Walk): string {
  if (typeof ref !== 'string' || !/^#(\/|$)/.test(ref))
    throw unusable(place, `refers to ${JSON.stringify(ref)}, outside of the schema: put it into $defs`);
  const steps = ref.split('/').slice(1);
  const target = steps.reduce<unknown>((value, step) => {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.entries(value).find(([key]) => key === name)?.[1];
  }, root);
  if (target === undefined) throw unusable(place, `refers to ${ref}, which is not there`);
  return ref;
}

const parts: readonly Part[] = [silent, implied, literals, union, object, array, string, number, typed];

function bodyOf(schema: JsonSchema, place: string, walk: Walk): JsonSchema {
  const { title, description, default: standard, ...own } = schema;
  let kept: JsonSchema = {};
  let rest: JsonSchema = own;
  for (const take of parts) {
    const taken = take(rest, place, walk);
    kept = { ...kept, ...taken.kept };
    rest = taken.left;
  }
  if (!typing.some((word) => word in kept)) throw unusable(place, anything);
  const { type, ...others } = kept;
  return {
    ...(type !== undefined && { type }),
    ...others,
    ...(title !== undefined && { title }),
    ...describing(description, rest),
    ...(standard !== undefined && { default: standard }),
  };
}
