/** The words of a JSON Schema that do not depend on the type: what the service takes, and what is left for the description. */
import { isRecord } from '../schema/standard.ts';
import { type Part, unusable } from './schemaWalk.ts';

/** They say nothing about values. */
export const silent: Part = (schema) => {
  const { $schema, $id, $anchor, $comment, id, readOnly, writeOnly, deprecated, ...left } = schema;
  return { kept: {}, left };
};

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object';

export const literals: Part = (schema) => {
  const { enum: values, const: value, ...left } = schema;
  const hasValues = Array.isArray(values) && values.length > 0 && values.every(isScalar);
  const hasValue = value !== undefined && isScalar(value);
  return {
    kept: { ...(hasValues && { enum: values }), ...(hasValue && { const: value }) },
    left: {
      ...left,
      ...(!hasValues && values !== undefined && { enum: values }),
      ...(!hasValue && value !== undefined && { const: value }),
    },
  };
};

/** Words that say what values are, and not only narrow them. */
export const typing: readonly string[] = [
  'type',
  'enum',
  'const',
  '$ref',
  'anyOf',
  'oneOf',
  'allOf',
  'properties',
  'items',
];

export const union: Part = (schema, place, walk) => {
  const { anyOf, oneOf, ...left } = schema;
  const choices = anyOf ?? oneOf;
  if (!Array.isArray(choices)) return { kept: {}, left: schema };
  // Alternatives without types only narrow what stands beside them.
  if (!choices.every((choice) => isRecord(choice) && typing.some((word) => word in choice)))
    return { kept: {}, left: schema };
  if ('properties' in left) throw unusable(place, 'has alternatives beside properties: write the properties into each');
  walk.unions += 1;
  const kept = { anyOf: choices.map((choice, at) => walk.strict(choice, `${place}.anyOf.${at}`.replace(/^\./, ''))) };
  return { kept, left: anyOf !== undefined && oneOf !== undefined ? { ...left, oneOf } : left };
};
