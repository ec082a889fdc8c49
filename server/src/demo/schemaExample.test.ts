/** Values made for schemas: they fit, whatever the schema, and say where they come from. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { scaled, seed } from '../../../test/harness/scale.ts';
import { exampleOf } from './schemaExample.ts';

/** Schemas of everything that structured output and tools can ask for, nested in each other. */
const schemas = fc.letrec<{ any: z.ZodType; leaf: z.ZodType }>((tie) => ({
  leaf: fc.constantFrom<z.ZodType>(
    z.string(),
    z.string().min(30),
    z.string().max(3),
    z.string().regex(/^[a-z]+$/),
    z.string().regex(/^\d+$/),
    z.email(),
    z.url(),
    z.uuid(),
    z.iso.datetime(),
    z.iso.date(),
    z.ipv4(),
    z.number(),
    z.number().min(2.5),
    z.number().max(-3),
    z.number().gt(4).lt(6),
    z.int(),
    z.int().positive(),
    z.int().negative(),
    z.int().multipleOf(5).min(7),
    z.boolean(),
    z.null(),
    z.enum(['low', 'high']),
    z.literal(3),
    z.literal(['x', 'y']),
    z.string().nullable(),
    z.unknown(),
  ),
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc
      .dictionary(fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/), tie('any'), { maxKeys: 4 })
      .map((shape) => z.strictObject(shape)),
    tie('any').map((item) => z.array(item)),
    tie('any').map((item) => z.array(item).min(2).max(3)),
    tie('any').map((item) => z.strictObject({ optional: item.optional(), nullable: item.nullable() })),
    fc.tuple(tie('any'), tie('any')).map((options) => z.union(options)),
    fc.tuple(tie('any'), tie('any')).map((items) => z.tuple(items)),
  ),
}));

test('they fit the schema that they are for', () => {
  fc.assert(
    fc.property(schemas.any, (schema) => {
      const value: unknown = JSON.parse(JSON.stringify(exampleOf(z.toJSONSchema(schema))));
      expect(schema.safeParse(value).error).toBeUndefined();
    }),
    { numRuns: scaled(5_000), seed: seed() },
  );
});

const Tree = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree);
  },
});
const Linked = z.object({
  get next() {
    return Linked.nullable();
  },
});

describe('schemas that refer to themselves have an end', () => {
  test.each<[string, z.ZodType]>([
    ['a tree', Tree],
    ['a list', Linked],
  ])('%s', (_name, schema) => {
    expect(schema.safeParse(exampleOf(z.toJSONSchema(schema))).success).toBe(true);
  });

  test('also when it is only in the references', () => {
    const schema = { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } };
    expect(() => exampleOf(schema)).not.toThrow();
    expect(exampleOf({ required: ['a'], properties: { a: { $ref: '#' } } })).toBeDefined();
  });
});

test('texts name their property and say demo', () => {
  const schema = z.object({
    title: z.string(),
    count: z.int(),
    tags: z.array(z.string()),
    later: z.string().optional(),
  });
  expect(exampleOf(z.toJSONSchema(schema))).toEqual({ title: 'demo: title', count: 0, tags: ['demo: tags'] });
});

test.each<[string, unknown, unknown]>([
  [
    'allOf',
    {
      allOf: [
        { properties: { a: { type: 'integer' } }, required: ['a'] },
        { properties: { b: { const: 'x' } }, required: ['b'] },
      ],
    },
    { a: 0, b: 'x' },
  ],
  [
    'what is required but not described',
    { type: 'object', required: ['__proto__', 'b'], additionalProperties: { type: 'boolean' } },
    JSON.parse('{"__proto__":true,"b":true}'),
  ],
  ['a default', { type: 'string', default: 'as said' }, 'as said'],
  ['a pattern that is none', { type: 'string', pattern: '(' }, 'demo: value'],
  ['no schema', undefined, 'demo: value'],
  ['a list of types', { type: ['null', 'integer'] }, 0],
])('%s', (_name, schema, value) => {
  expect(exampleOf(schema)).toEqual(value);
});
