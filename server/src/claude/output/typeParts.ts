/** The words of a JSON Schema that belong to a type: what the service takes, and what is left for the description. */
import { isRecord, type JsonSchema } from '../schema/standard.ts';
import { type Part, unusable, type Walk } from './schemaWalk.ts';

/** A type that is not said, but implied by other words. */
export const implied: Part = (schema) => {
  if (schema['type'] !== undefined) return { kept: {}, left: schema };
  const isList = schema['items'] !== undefined || schema['prefixItems'] !== undefined;
  const type = schema['properties'] !== undefined ? 'object' : isList ? 'array' : undefined;
  return { kept: {}, left: type === undefined ? schema : { ...schema, type } };
};

function typesOf({ type }: JsonSchema): readonly unknown[] {
  return Array.isArray(type) ? type : [type];
}

/** The last of the parts: the others look at the type. */
export const typed: Part = (schema, _place, walk) => {
  const { type, ...left } = schema;
  if (typesOf(schema).length > 1) walk.unions += 1;
  return { kept: type === undefined ? {} : { type }, left };
};

/** Objects are closed, whatever they were. */
export const object: Part = (schema, place, walk) => {
  if (!typesOf(schema).includes('object')) return { kept: {}, left: schema };
  const {
    properties: given,
    required: names,
    additionalProperties,
    patternProperties,
    propertyNames,
    ...left
  } = schema;
  const properties = isRecord(given) ? given : namedKeys(propertyNames, additionalProperties);
  const isOpen = isRecord(additionalProperties) || additionalProperties === true || patternProperties !== undefined;
  if (isOpen && Object.keys(properties).length === 0)
    throw unusable(place, 'has free keys: use a list of objects with a key and a value instead');
  const required = (Array.isArray(names) ? names : []).filter((name) => Object.hasOwn(properties, name));
  return {
    kept: { ...propertiesOf(properties, required, { place, walk }), additionalProperties: false },
    left: { ...left, ...(patternProperties !== undefined && { patternProperties }) },
  };
};

/** Free keys from a list are properties. */
function namedKeys(names: unknown, schema: unknown): JsonSchema {
  const keys = isRecord(names) && Array.isArray(names['enum']) ? names['enum'] : [];
  return Object.fromEntries(keys.map((key): [string, unknown] => [String(key), schema]));
}

/** Required ones first: that is the order in which they are written. */
function propertiesOf(
  properties: JsonSchema,
  required: readonly unknown[],
  { place, walk }: { readonly place: string; readonly walk: Walk },
): JsonSchema {
  const entries = Object.entries(properties);
  const isRequired = ([name]: [string, unknown]): boolean => required.includes(name);
  const first = entries.filter(isRequired);
  const optional = entries.filter((entry) => !isRequired(entry) && !isNever(entry[1]));
  walk.optional += optional.length;
  const strict = [...first, ...optional].map(([name, schema]): [string, unknown] => [
    name,
    walk.strict(schema, place === '' ? name : `${place}.${name}`),
  ]);
  return { properties: Object.fromEntries(strict), ...(first.length > 0 && { required: first.map(([name]) => name) }) };
}

/** Whether a schema accepts no value: such an optional property is never there. */
export function isNever(schema: unknown): boolean {
  return schema === false || (isRecord(schema) && isRecord(schema['not']) && Object.keys(schema['not']).length === 0);
}

export const array: Part = (schema, place, walk) => {
  if (!typesOf(schema).includes('array')) return { kept: {}, left: schema };
  const { items, prefixItems, minItems, ...left } = schema;
  const isKept = minItems === 0 || minItems === 1;
  return {
    kept: { items: walk.strict(itemOf(items, prefixItems), `${place}[]`), ...(isKept && { minItems }) },
    left: {
      ...left,
      ...(!isKept && minItems !== undefined && { minItems }),
      ...(prefixItems !== undefined && { prefixItems }),
    },
  };
};

/** Tuples do not exist there: each item may be what any place of the tuple may be. */
function itemOf(items: unknown, prefixItems: unknown): unknown {
  if (!Array.isArray(prefixItems)) return items;
  const all = [...prefixItems, ...(isRecord(items) ? [items] : [])];
  const different = [...new Map(all.map((item) => [JSON.stringify(item), item])).values()];
  return different.length === 1 ? different[0] : { anyOf: different };
}

const formats: ReadonlySet<unknown> = new Set([
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'uri',
  'ipv4',
  'ipv6',
  'uuid',
]);

export const string: Part = (schema) => {
  if (!typesOf(schema).includes('string')) return { kept: {}, left: schema };
  const { format, pattern, ...left } = schema;
  // Libraries write a pattern beside each format. The format says the same, and costs less.
  if (formats.has(format)) return { kept: { format }, left };
  const rest = { ...left, ...(format !== undefined && { format }) };
  if (pattern === undefined) return { kept: {}, left: rest };
  return isSimple(pattern) ? { kept: { pattern }, left: rest } : { kept: {}, left: { ...rest, pattern } };
};

/** Without lookaround, named groups, references back, word boundaries and classes by property. */
function isSimple(pattern: unknown): boolean {
  if (typeof pattern !== 'string') return false;
  const bare = pattern.replace(/\\[^1-9kbBpP]/g, '');
  return !/\\|\(\?(?!:)/.test(bare);
}

/** Bounds that only say that a number is exact say nothing. */
export const number: Part = (schema) => {
  const { minimum, maximum, ...left } = schema;
  return {
    kept: {},
    left: {
      ...left,
      ...(minimum !== undefined && minimum !== Number.MIN_SAFE_INTEGER && { minimum }),
      ...(maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER && { maximum }),
    },
  };
};
