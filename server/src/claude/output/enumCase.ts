/** The one liberty that constrained answers take: words of an enum may come in other letters, large or small. */
import { isRecord, type JsonSchema } from '../schema/standard.ts';

/** A copy of the value with such words as the schema spells them; all else as it is. */
export function withEnumCase(value: unknown, schema: JsonSchema): unknown {
  return spelled(value, [schema], schema);
}

/** @param schemas All that may describe the value. */
function spelled(value: unknown, schemas: readonly unknown[], root: JsonSchema): unknown {
  const all = schemas.flatMap((schema) => alternatives(schema, root, 0));
  if (typeof value === 'string') return wordFor(value, all.flatMap(wordsOf));
  if (Array.isArray(value)) {
    const items = all.flatMap(itemsOf);
    return value.map((item) => spelled(item, items, root));
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, item]): [string, unknown] => [
    name,
    spelled(
      item,
      all.flatMap((schema) => propertyOf(schema, name)),
      root,
    ),
  ]);
  return Object.fromEntries(entries);
}

const deepest = 32;

/** The schema, and those that it consists of or refers to. */
function alternatives(schema: unknown, root: JsonSchema, depth: number): readonly JsonSchema[] {
  if (!isRecord(schema) || depth > deepest) return [];
  const inner = ['anyOf', 'oneOf', 'allOf'].flatMap((word) => listOf(schema[word]));
  const target = typeof schema['$ref'] === 'string' ? [targetOf(schema['$ref'], root)] : [];
  return [schema, ...[...inner, ...target].flatMap((part) => alternatives(part, root, depth + 1))];
}

function targetOf(ref: string, root: JsonSchema): unknown {
  return ref
    .split('/')
    .slice(1)
    .reduce<unknown>((value, step) => (isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined), root);
}

function wordFor(value: string, words: readonly string[]): string {
  if (words.includes(value)) return value;
  return words.find((word) => word.toLowerCase() === value.toLowerCase()) ?? value;
}

function wordsOf({ enum: values, const: value }: JsonSchema): readonly string[] {
  return [...listOf(values), value].filter((word) => typeof word === 'string');
}

function itemsOf({ items, prefixItems }: JsonSchema): readonly unknown[] {
  return [items, ...listOf(prefixItems)];
}

function propertyOf({ properties, additionalProperties }: JsonSchema, name: string): readonly unknown[] {
  return isRecord(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [additionalProperties];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
