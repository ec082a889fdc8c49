/** What the service is sent of a schema: tables of zod schemas and JSON Schemas of all kinds. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ClaudeError, strictSchema } from '../index.ts';
import { jsonSchemaOf } from '../schema/standard.ts';

/** The schema of a property. */
function propertyOf(schema: z.ZodType): unknown {
  const { properties } = strictSchema(jsonSchemaOf(z.object({ x: schema }), 'it'));
  return (properties as { x: unknown }).x;
}

const closed = (properties: object, required?: readonly string[]) => ({
  type: 'object',
  properties,
  ...(required !== undefined && { required }),
  additionalProperties: false,
});

describe('of a zod schema', () => {
  test.each<[string, z.ZodType, object]>([
    ['a text', z.string(), { type: 'string' }],
    ['a description', z.string().describe('D'), { type: 'string', description: 'D' }],
    [
      'a title',
      z.string().meta({ title: 'T', examples: ['a'] }),
      { type: 'string', title: 'T', description: '{examples: ["a"]}' },
    ],
    [
      'lengths',
      z.string().min(2).max(5).describe('D'),
      { type: 'string', description: 'D\n\n{minLength: 2, maxLength: 5}' },
    ],
    ['a number', z.number(), { type: 'number' }],
    ['bounds', z.number().gt(1).lte(5), { type: 'number', description: '{exclusiveMinimum: 1, maximum: 5}' }],
    ['steps', z.number().multipleOf(5), { type: 'number', description: '{multipleOf: 5}' }],
    ['a whole number', z.int(), { type: 'integer' }],
    ['a boolean', z.boolean(), { type: 'boolean' }],
    ['null', z.null(), { type: 'null' }],
    ['a literal', z.literal('a'), { type: 'string', const: 'a' }],
    ['literals of several types', z.literal(['a', 1, null]), { enum: ['a', 1, null] }],
    ['an enum', z.enum(['a', 'b']), { type: 'string', enum: ['a', 'b'] }],
    ['a default', z.string().default('a'), { type: 'string', default: 'a' }],
    ['a simple pattern', z.string().regex(/^a+(?:b|c)\d{2,3}$/), { type: 'string', pattern: '^a+(?:b|c)\\d{2,3}$' }],
    ['lookahead', z.string().regex(/^(?=a)/), { type: 'string', description: '{pattern: "^(?=a)"}' }],
    ['lookbehind', z.string().regex(/(?<!a)b/), { type: 'string', description: '{pattern: "(?<!a)b"}' }],
    ['a reference back', z.string().regex(/(a)\1/), { type: 'string', description: '{pattern: "(a)\\\\1"}' }],
    ['a word boundary', z.string().regex(/\ba/), { type: 'string', description: '{pattern: "\\\\ba"}' }],
    ['an escaped backslash', z.string().regex(/\\1/), { type: 'string', pattern: '\\\\1' }],
    ['a date', z.iso.date(), { type: 'string', format: 'date' }],
    ['a time stamp', z.iso.datetime(), { type: 'string', format: 'date-time' }],
    ['a duration', z.iso.duration(), { type: 'string', format: 'duration' }],
    ['an address', z.email(), { type: 'string', format: 'email' }],
    ['a host', z.hostname(), { type: 'string', format: 'hostname' }],
    ['a URL', z.url(), { type: 'string', format: 'uri' }],
    ['a UUID', z.uuid(), { type: 'string', format: 'uuid' }],
    ['IPv4', z.ipv4(), { type: 'string', format: 'ipv4' }],
    ['IPv6', z.ipv6(), { type: 'string', format: 'ipv6' }],
    ['another format', z.cuid2(), { type: 'string', pattern: '^[0-9a-z]+$', description: '{format: "cuid2"}' }],
    [
      'several patterns',
      z.string().startsWith('a').endsWith('b'),
      { type: 'string', pattern: '^a.*', description: '{allOf: [{"pattern":".*b$"}], format: "ends_with"}' },
    ],
    ['a list', z.array(z.string()), { type: 'array', items: { type: 'string' } }],
    ['one or more', z.array(z.string()).min(1), { type: 'array', items: { type: 'string' }, minItems: 1 }],
    [
      'two to four',
      z.array(z.string()).min(2).max(4),
      { type: 'array', items: { type: 'string' }, description: '{maxItems: 4, minItems: 2}' },
    ],
    [
      'a pair',
      z.tuple([z.string(), z.number()]),
      {
        type: 'array',
        items: { anyOf: [{ type: 'string' }, { type: 'number' }] },
        description: '{maxItems: 2, minItems: 2, prefixItems: [{"type":"string"},{"type":"number"}]}',
      },
    ],
    ['text or null', z.string().nullable(), { type: ['string', 'null'] }],
    ['text or number', z.union([z.string(), z.number()]), { type: ['string', 'number'] }],
    [
      'an object or null',
      z.object({ a: z.string() }).nullable(),
      { anyOf: [closed({ a: { type: 'string' } }, ['a']), { type: 'null' }] },
    ],
    [
      'alternatives by a tag',
      z.discriminatedUnion('k', [z.object({ k: z.literal('a') }), z.object({ k: z.literal('b'), n: z.number() })]),
      {
        anyOf: [
          closed({ k: { type: 'string', const: 'a' } }, ['k']),
          closed({ k: { type: 'string', const: 'b' }, n: { type: 'number' } }, ['k', 'n']),
        ],
      },
    ],
    ['an empty object', z.object({}), closed({})],
    ['an open object', z.looseObject({ a: z.string() }), closed({ a: { type: 'string' } }, ['a'])],
    [
      'keys of a list',
      z.record(z.enum(['a', 'b']), z.int()),
      closed({ a: { type: 'integer' }, b: { type: 'integer' } }, ['a', 'b']),
    ],
    ['some keys of a list', z.partialRecord(z.enum(['a']), z.int()), closed({ a: { type: 'integer' } })],
    [
      'required before optional',
      z.object({ a: z.int().optional(), b: z.int() }),
      closed({ b: { type: 'integer' }, a: { type: 'integer' } }, ['b']),
    ],
    [
      'two objects in one',
      z.intersection(z.object({ a: z.int() }), z.object({ b: z.int() })),
      closed({ a: { type: 'integer' }, b: { type: 'integer' } }, ['a', 'b']),
    ],
    [
      'what is never there',
      z.object({ a: z.int(), b: z.never().optional() }),
      closed({ a: { type: 'integer' } }, ['a']),
    ],
    ['what is made into something else', z.string().transform(Number), { type: 'string' }],
    ['what is corrected', z.string().catch('a'), { type: 'string', default: 'a' }],
    ['what is read only', z.array(z.string()).readonly(), { type: 'array', items: { type: 'string' } }],
  ])('%s', (_name, schema, expected) => {
    expect(propertyOf(schema)).toEqual(expected);
  });

  test('recursion stays, over the root and over names', () => {
    const node = z.object({
      get next() {
        return node.optional();
      },
    });
    const strict = closed({ next: { $ref: '#' } });
    expect(strictSchema(jsonSchemaOf(node, 'it'))).toEqual(strict);
    const named = z.object({ x: z.int() }).meta({ id: 'Named' });
    expect(strictSchema(jsonSchemaOf(z.object({ a: named, b: named }), 'it'))).toEqual({
      ...closed({ a: { $ref: '#/$defs/Named' }, b: { $ref: '#/$defs/Named' } }, ['a', 'b']),
      $defs: { Named: closed({ x: { type: 'integer' } }, ['x']) },
    });
  });

  test('the original is not changed, and doing it twice changes nothing more', () => {
    const schema = jsonSchemaOf(z.object({ a: z.array(z.email()).min(3), b: z.int().optional() }), 'it');
    const before = JSON.stringify(schema);
    const once = strictSchema(schema);
    expect(JSON.stringify(schema)).toBe(before);
    expect(strictSchema(once)).toEqual(once);
  });
});

describe('of a JSON Schema', () => {
  test.each<[string, object, object]>([
    ['properties alone are an object', { properties: { a: { type: 'null' } } }, closed({ a: { type: 'null' } })],
    ['items alone are a list', { items: { type: 'null' } }, { type: 'array', items: { type: 'null' } }],
    ['oneOf is anyOf', { oneOf: [{ type: 'null' }] }, { anyOf: [{ type: 'null' }] }],
    [
      'alternatives without types are told in words',
      { type: 'object', properties: { a: { type: 'null' } }, anyOf: [{ required: ['a'] }] },
      { ...closed({ a: { type: 'null' } }), description: '{anyOf: [{"required":["a"]}]}' },
    ],
    [
      'parts become one object',
      {
        allOf: [
          { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
          { properties: { a: { minLength: 2 }, b: { type: 'null' } }, required: ['b'] },
        ],
      },
      closed({ a: { type: 'string', description: '{minLength: 2}' }, b: { type: 'null' } }, ['a', 'b']),
    ],
    [
      'values that are objects are told in words',
      { type: 'object', enum: [{ a: 1 }] },
      { ...closed({}), description: '{enum: [{"a":1}]}' },
    ],
    ['what says nothing is dropped', { $schema: 's', $id: 'i', $comment: 'c', type: 'null' }, { type: 'null' }],
    ['a required name that is no property is dropped', { type: 'object', required: ['a'] }, closed({})],
    [
      'older definitions stay',
      { $ref: '#/definitions/a', definitions: { a: { type: 'null' } } },
      { $ref: '#/definitions/a', definitions: { a: { type: 'null' } } },
    ],
    [
      'a reference with an escape is found',
      { $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'null' } } },
      { $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'null' } } },
    ],
  ])('%s', (_name, schema, expected) => {
    expect(strictSchema({ ...schema })).toEqual(expected);
  });

  const many = (count: number, schema: object, required: boolean) => {
    const names = Array.from({ length: count }, (_, at) => `p${at}`);
    return {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, schema])),
      ...(required && { required: names }),
    };
  };
  test.each<[string, object, RegExp]>([
    ['free keys', { type: 'object', additionalProperties: { type: 'number' } }, /has free keys: use a list/],
    ['keys by pattern', { type: 'object', patternProperties: { '^a': { type: 'number' } } }, /has free keys/],
    [
      'anything',
      { type: 'object', properties: { a: {} }, required: ['a'] },
      /The schema at a accepts anything: give it a type/,
    ],
    ['anything, written as true', { type: 'object', properties: { a: true } }, /at a accepts anything/],
    ['lists of anything', { type: 'object', properties: { a: { type: 'array' } } }, /at a\[\] accepts anything/],
    ['nothing', { type: 'object', properties: { a: false }, required: ['a'] }, /at a accepts nothing/],
    ['types that exclude each other', { allOf: [{ type: 'string' }, { type: 'number' }] }, /accepts nothing/],
    ['a reference outside', { $ref: 'https://example.org/schema.json' }, /outside of the schema/],
    ['a reference to a file', { $ref: 'other.json#/a' }, /outside of the schema/],
    ['a reference to nothing', { $ref: '#/$defs/a' }, /refers to #\/\$defs\/a, which is not there/],
    [
      'a reference in allOf',
      { allOf: [{ $ref: '#/$defs/a' }], $defs: { a: { type: 'null' } } },
      /a reference inside allOf/,
    ],
    [
      'alternatives beside properties',
      { properties: { a: { type: 'null' } }, anyOf: [{ type: 'object' }] },
      /write the properties into each/,
    ],
    ['25 optional properties', many(25, { type: 'null' }, false), /has 25 of at most 24 optional properties/],
    [
      '17 of several types',
      many(17, { type: ['string', 'null'] }, true),
      /has 17 of at most 16 properties of several types/,
    ],
  ])('refuses %s', (_name, schema, says) => {
    const make = () => strictSchema({ ...schema });
    expect(make).toThrow(ClaudeError);
    expect(make).toThrow(says);
  });

  test.each([many(24, { type: 'null' }, false), many(16, { type: ['string', 'null'] }, true)])(
    'takes as many as are possible',
    (schema) => {
      expect(strictSchema(schema)).toMatchObject({ additionalProperties: false });
    },
  );
});
