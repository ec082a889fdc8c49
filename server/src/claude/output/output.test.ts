/** Structured output: what answers become, and what happens to those that do not fit. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { clientFor, failureOf, request } from '../../../../test/harness/claudeCalls.ts';
import { answersOf, type Turn } from '../../../../test/harness/turns.ts';
import { type JsonSchema, output, outputOf, partialOutputs, type StandardSchema } from '../index.ts';

const City = z.object({
  name: z.string().min(2),
  size: z.enum(['Small', 'Large']),
  founded: z.string().transform(Number).optional(),
});
const format = output(City);
const asked = { ...request, output_config: { format } };

/** What `parse` comes to when the model answers so. */
function parsed(turns: readonly Turn[], repairs = 0) {
  const { claude, transport } = clientFor(answersOf(...turns));
  const answer = claude.messages.parse(asked, { repairs, retries: { attempts: 1 } });
  const bodies = () => transport.requests.map(({ body }) => JSON.parse(String(body)));
  return { answer, bodies };
}

const good = '{"name": "Ur", "size": "Large", "founded": "-3800"}';

describe('parse', () => {
  test('gives what the schema makes of the answer, typed', async () => {
    const { answer, bodies } = parsed([{ says: [good] }]);
    const { value, message, rejected } = await answer;
    expectTypeOf(value).toEqualTypeOf<{ name: string; size: 'Small' | 'Large'; founded?: number | undefined }>();
    expect(value).toEqual({ name: 'Ur', size: 'Large', founded: -3800 });
    expect(message.id).toBe('msg_01');
    expect(rejected).toEqual([]);
    expect(bodies()[0].output_config).toEqual({ format: { type: 'json_schema', schema: format.schema } });
    expect((await answer.withResponse()).response.requestId).toBe('req_1');
  });

  test.each<[string, Turn]>([
    ['after thinking', { says: [{ type: 'thinking', thinking: 'Hm.', signature: 's' }, good] }],
    ['in several blocks', { says: [good.slice(0, 9), good.slice(9)] }],
    ['after other text', { says: ['Let me look.', good] }],
    ['with words of an enum in other letters', { says: [good.replace('Large', 'LARGE')] }],
    ['stopped for a reason that is new', { says: [good], stop: 'something_new' }],
  ])('takes an answer %s', async (_name, turn) => {
    expect((await parsed([turn]).answer).value).toEqual({ name: 'Ur', size: 'Large', founded: -3800 });
  });

  test.each<[string, Turn, object]>([
    [
      'a refusal',
      { says: ['I '], stop: 'refusal', ends: { stop_details: { category: 'bio' } } },
      { kind: 'refusal', retryable: false, message: expect.stringContaining('(bio)') },
    ],
    [
      'an answer cut by max_tokens',
      { says: [good.slice(0, 9)], stop: 'max_tokens' },
      { kind: 'truncated', retryable: false },
    ],
    ['an answer cut by the window', { says: [good], stop: 'model_context_window_exceeded' }, { kind: 'truncated' }],
    ['no JSON', { says: ['Ur.'] }, { kind: 'invalid_output', problems: ['(the whole): it is not JSON'] }],
    ['nothing', {}, { kind: 'invalid_output', problems: ['(the whole): it is not JSON'] }],
    [
      'a pause',
      { says: [], stop: 'pause_turn' },
      { kind: 'invalid_output', problems: [expect.stringContaining('pause_turn')] },
    ],
    [
      'a call of a tool',
      { says: [{ call: 'a' }] },
      { kind: 'invalid_output', problems: [expect.stringContaining('a tool call')] },
    ],
    ['what is too deep', { says: [`${'['.repeat(70)}${']'.repeat(70)}`] }, { kind: 'invalid_output' }],
    [
      'what the service could not hold the model to',
      { says: ['{"name": "U", "size": "Tiny"}'] },
      {
        kind: 'invalid_output',
        problems: [expect.stringMatching(/^name: Too small/), expect.stringMatching(/^size: /)],
      },
    ],
  ])('fails typed with %s, and keeps the answer', async (_name, turn, expected) => {
    const error = await failureOf(parsed([turn]).answer);
    expect(error).toMatchObject({ ...expected, requestId: 'req_1', partial: { id: 'msg_01' } });
    expect(JSON.stringify(error)).not.toContain('problems');
  });

  test('asks again as often as was agreed, with the problems', async () => {
    const bad = '{"name": "U", "size": "Large"}';
    const { answer, bodies } = parsed([{ says: [bad] }, { says: ['no'] }, { says: [good] }], 2);
    const { value, rejected } = await answer;
    expect(value).toMatchObject({ name: 'Ur' });
    expect(rejected).toHaveLength(2);
    expect(bodies()[2].messages).toEqual([
      request.messages[0],
      { role: 'assistant', content: [{ type: 'text', text: bad }] },
      {
        role: 'user',
        content: expect.stringMatching(/^Your answer does not fit.*\n- name: Too small.*\nAnswer again/),
      },
      { role: 'assistant', content: [{ type: 'text', text: 'no' }] },
      { role: 'user', content: expect.stringContaining('- (the whole): it is not JSON') },
    ]);
  });

  test('does not ask again more often, nor for what cannot be mended', async () => {
    const twice = parsed([{ says: ['no'] }], 1);
    expect(await failureOf(twice.answer)).toMatchObject({ kind: 'invalid_output' });
    expect(twice.bodies()).toHaveLength(2);
    for (const turn of [
      { says: [good], stop: 'refusal' },
      { says: [good], stop: 'max_tokens' },
      { says: [{ call: 'a' }] },
      {},
    ]) {
      const once = parsed([turn], 3);
      await failureOf(once.answer);
      expect(once.bodies()).toHaveLength(1);
    }
  });
});

test('answers of streams are read in the same way', async () => {
  const { claude } = clientFor(answersOf({ says: [good] }));
  const stream = claude.messages.stream(asked);
  let text = '';
  for await (const piece of stream.text()) text += piece;
  expect(text).toBe(good);
  const value = await outputOf(format, await stream.finalMessage());
  expectTypeOf(value.size).toEqualTypeOf<'Small' | 'Large'>();
  expect(value.founded).toBe(-3800);
});

describe('partial outputs', () => {
  const seenIn = async (...says: NonNullable<Turn['says']>) => {
    const { claude } = clientFor(answersOf({ says }));
    const stream = claude.messages.stream(asked);
    const seen: string[] = [];
    for await (const value of partialOutputs(format, stream)) {
      expectTypeOf(value.name).toEqualTypeOf<string | undefined>();
      expectTypeOf(value.founded).toEqualTypeOf<string | undefined>();
      seen.push(JSON.stringify(value));
    }
    return { seen, stream };
  };

  test('grow while the answer comes, as the model writes them', async () => {
    const { seen, stream } = await seenIn(good.slice(0, 11), good.slice(11, 25), good.slice(25));
    expect(seen).toEqual([
      '{"name":"U"}',
      '{"name":"Ur","size":"L"}',
      '{"name":"Ur","size":"Large","founded":"-3800"}',
    ]);
    expect(await outputOf(format, await stream.finalMessage())).toMatchObject({ founded: -3800 });
  });

  test('begin anew after text that is no JSON, and are none without JSON', async () => {
    expect((await seenIn('Let me look.', { type: 'thinking', thinking: '', signature: 's' }, good)).seen).toHaveLength(
      1,
    );
    expect((await seenIn('Ur.', { call: 'a' })).seen).toEqual([]);
  });
});

describe('words of an enum in other letters', () => {
  const word = (...words: readonly string[]): JsonSchema => ({ type: 'string', enum: words });
  const object = (properties: object, more: object = {}): JsonSchema => ({ type: 'object', properties, ...more });
  test.each<[string, JsonSchema, unknown, unknown]>([
    ['in a property', object({ a: word('Red') }), { a: 'rED' }, { a: 'Red' }],
    [
      'in a list',
      object({ a: { type: 'array', items: word('Red', 'Blue') } }),
      { a: ['red', 'BLUE'] },
      { a: ['Red', 'Blue'] },
    ],
    ['as a constant', object({ a: { type: 'string', const: 'On' } }), { a: 'ON' }, { a: 'On' }],
    [
      'in one of several forms',
      object({ a: { anyOf: [object({ k: word('X') }), object({ k: word('Y') })] } }),
      { a: { k: 'y' } },
      { a: { k: 'Y' } },
    ],
    [
      'behind a reference',
      object({ a: { $ref: '#/$defs/c' } }, { $defs: { c: word('Red') } }),
      { a: 'red' },
      { a: 'Red' },
    ],
    [
      'in what refers to itself',
      object({ a: word('Red'), next: { $ref: '#' } }),
      { a: 'red', next: { a: 'RED' } },
      { a: 'Red', next: { a: 'Red' } },
    ],
    [
      'that is exact for another form stays',
      object({ a: { anyOf: [word('on'), word('ON')] }, b: word('Red') }),
      { a: 'ON', b: 'red' },
      { a: 'ON', b: 'Red' },
    ],
    [
      'elsewhere stays',
      object({ a: word('Red'), b: { type: 'string' } }),
      { a: 'red', b: 'red' },
      { a: 'Red', b: 'red' },
    ],
  ])('%s', async (_name, schema, came, read) => {
    const { claude } = clientFor(answersOf({ says: [JSON.stringify(came)] }));
    const params = { ...request, output_config: { format: output(exactly(read), schema) } };
    expect((await claude.messages.parse(params)).value).toEqual(read);
  });

  test('a name that every object has is a name like any other', async () => {
    const schema = object({ a: word('Red') });
    const { claude } = clientFor(answersOf({ says: ['{"__proto__": {"a": 1}, "a": "red"}'] }));
    const format = output(exactly(JSON.parse('{"__proto__": {"a": 1}, "a": "Red"}')), schema);
    const { value } = await claude.messages.parse({ ...request, output_config: { format } });
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(Object(value))).toEqual(['__proto__', 'a']);
  });
});

/** Accepts this one value. */
function exactly(expected: unknown): StandardSchema {
  const isIt = (value: unknown) => JSON.stringify(value) === JSON.stringify(expected);
  return {
    '~standard': {
      version: 1,
      vendor: 'own',
      validate: (value) => (isIt(value) ? { value } : { issues: [{ message: 'differs' }] }),
    },
  };
}
