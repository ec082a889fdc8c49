/** Tools as definitions: what is sent of them, and what is refused. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { clientFor, good, request } from '../../../../test/harness/claudeCalls.ts';
import { ClaudeError, type StandardSchema, type ToolContext, tool } from '../index.ts';
import { behaviourOf } from './runnable.ts';

const place = z.object({ place: z.string().describe('A town.'), days: z.int().max(9).default(1) });

describe('a tool', () => {
  test('is sent as its definition and nothing else, in any request', async () => {
    const weather = tool({
      name: 'weather',
      description: 'The weather.',
      input: place,
      run: () => 'sun',
      readOnly: true,
      eager_input_streaming: true,
      cache_control: { type: 'ephemeral' },
    });
    const definition = {
      name: 'weather',
      description: 'The weather.',
      input_schema: {
        type: 'object',
        properties: {
          place: { type: 'string', description: 'A town.' },
          days: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: 9, default: 1 },
        },
        required: ['place'],
      },
      eager_input_streaming: true,
      cache_control: { type: 'ephemeral' },
    };
    const { claude, transport } = clientFor([good]);
    await claude.messages.create({ ...request, tools: [weather] });
    expect(JSON.parse(String(transport.requests[0]?.body)).tools).toEqual([definition]);
    expect(Object.keys(JSON.parse(JSON.stringify(weather)))).toEqual(Object.keys(weather));
  });

  test('with strict has its schema in the form that the service can hold the model to', () => {
    const { input_schema: schema } = tool({ name: 'a', input: place, strict: true, run: () => 1 });
    expect(schema).toEqual({
      type: 'object',
      properties: {
        place: { type: 'string', description: 'A town.' },
        days: { type: 'integer', description: '{maximum: 9}', default: 1 },
      },
      required: ['place'],
      additionalProperties: false,
    });
  });

  test('keeps its behaviour when it is copied', () => {
    const original = tool({ name: 'a', input: place, run: () => 1 });
    const copy = { ...original, cache_control: { type: 'ephemeral' } as const };
    expect(behaviourOf(copy)).toBe(behaviourOf(original));
    expect(behaviourOf({ name: 'a' })).toBeUndefined();
  });

  test('takes a schema that refers to itself, also as a whole', () => {
    const node = z.object({
      get next() {
        return node.optional();
      },
    });
    const named = z
      .object({
        get next(): z.ZodOptional<typeof named> {
          return named.optional();
        },
      })
      .meta({ id: 'Named' });
    expect(tool({ name: 'a', input: node, run: () => 1 }).input_schema).toEqual({
      type: 'object',
      properties: { next: { $ref: '#' } },
    });
    const root = { type: 'object', properties: { next: { $ref: '#/$defs/Named' } } };
    expect(tool({ name: 'a', input: named, run: () => 1 }).input_schema).toEqual({ ...root, $defs: { Named: root } });
  });

  test.each<[string, () => unknown, RegExp]>([
    ['an empty name', () => tool({ name: String(''), input: place, run: () => 1 }), /has the name ""/],
    ['a name with a blank', () => tool({ name: String('a b'), input: place, run: () => 1 }), /Use 1 to 64 letters/],
    ['a long name', () => tool({ name: 'a'.repeat(65), input: place, run: () => 1 }), /Use 1 to 64 letters/],
    ['an input that is text', () => tool({ name: 'a', input: z.string(), run: () => 1 }), /is not an object/],
    [
      'alternatives as a whole',
      () => tool({ name: 'a', input: z.union([place, z.object({})]), run: () => 1 }),
      /put alternatives into a property/,
    ],
    [
      'a date',
      () => tool({ name: 'a', input: z.object({ day: z.date() }), run: () => 1 }),
      /The input of the tool "a" cannot be written as JSON Schema: Date/,
    ],
    [
      'a schema without JSON form',
      () => tool({ name: 'a', input: foreign, run: () => 1 }),
      /its library \(own\) writes none/,
    ],
  ])('is refused with %s', (_name, make, says) => {
    expect(make).toThrow(ClaudeError);
    expect(make).toThrow(says);
  });
});

/** A schema of no library. */
const foreign: StandardSchema<unknown, { readonly n: number }> = {
  '~standard': {
    version: 1,
    vendor: 'own',
    validate: async (value) =>
      typeof value === 'object' && value !== null && 'n' in value && typeof value.n === 'number'
        ? { value: { n: value.n } }
        : { issues: [{ message: 'is no number', path: [{ key: 'n' }] }] },
  },
};

describe('the input', () => {
  test('is what the schema makes of it', async () => {
    const seen: unknown[] = [];
    const length = tool({
      name: 'a',
      input: z.object({ text: z.string().transform(({ length: count }) => count) }),
      run(input) {
        expectTypeOf(input).toEqualTypeOf<{ text: number }>();
        seen.push(input);
      },
    });
    await ran(length, { text: 'four' });
    expect(seen).toEqual([{ text: 4 }]);
  });

  test('is checked by schemas of any library', async () => {
    const given = tool({ name: 'a', input: foreign, input_schema: { type: 'object' }, run: ({ n }) => n + 1 });
    expect(given.input_schema).toEqual({ type: 'object' });
    expect(await ran(given, { n: 1 })).toBe(2);
    expect(await behaviourOf(given)?.prepare({ n: '1' }, 'a')).toEqual({ problems: ['n: is no number'] });
  });

  test('that does not fit is told by path', async () => {
    const checked = tool({ name: 'a', input: place, run: () => 1 });
    expect(await behaviourOf(checked)?.prepare({ days: 10 }, 'a')).toEqual({
      problems: [
        'place: Invalid input: expected string, received undefined',
        'days: Too big: expected number to be <=9',
      ],
    });
  });
});

test('names are checked by the compiler where they are written out', () => {
  // @ts-expect-error A blank is no part of a name.
  expect(() => tool({ name: 'a b', input: place, run: () => 1 })).toThrow();
  // @ts-expect-error There is no name.
  expect(() => tool({ name: '', input: place, run: () => 1 })).toThrow();
  expectTypeOf(tool({ name: 'read-file_2', input: place, run: () => 1 }).name).toEqualTypeOf<'read-file_2'>();
});

async function ran(value: object, input: unknown): Promise<unknown> {
  const prepared = await behaviourOf(value)?.prepare(input, 'a');
  if (prepared === undefined || 'problems' in prepared) throw new Error('it does not run');
  // None of these tools looks at its context.
  return prepared.run({} as ToolContext);
}
