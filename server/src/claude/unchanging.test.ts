/** What cannot change is looked at once: the same is said and sent of it, and a long conversation costs what is new in it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random, scaled, seed } from '../../../test/harness/scale.ts';
import { betasFor } from './betas.ts';
import { problemsOf } from './models/validate.ts';
import { jsonOf } from './stream/verbatim.ts';
import { isUnchanging, unchangingOf } from './unchanging.ts';

const texts = fc.constantFrom('', 'a', '\u2028', '\ud800', '"');
const block = fc.oneof(
  fc.record({ type: fc.constant('text'), text: texts }),
  fc.record({ type: fc.constant('text'), text: texts, cache_control: fc.constant({ type: 'ephemeral', ttl: '1h' }) }),
  fc.record({ type: fc.constant('tool_use'), id: fc.constantFrom('t1', 't2'), name: texts, input: fc.object() }),
  fc.record({ type: fc.constant('tool_result'), tool_use_id: fc.constantFrom('t1', 't2'), content: fc.constant('x') }),
  fc.record({ type: fc.constant('image'), source: fc.object({ maxDepth: 1 }) }),
  fc.record({ type: fc.constantFrom('mcp_tool_use', 'compaction', 'tool_addition', 'server_tool_use', 'new') }),
  fc.jsonValue({ maxDepth: 2 }),
);
const message = fc.oneof(
  fc.record({ role: fc.constantFrom('user', 'assistant', 'system'), content: fc.oneof(texts, fc.array(block)) }),
  fc.record({ role: fc.constant('user'), content: fc.constant('a'), clear_at: fc.constantFrom('never', 1) }),
  fc.jsonValue({ maxDepth: 2 }),
);
const requests = fc.record({
  model: fc.constantFrom('claude-sonnet-5-5', 'claude-haiku-4-5', 'other'),
  max_tokens: fc.constant(10),
  messages: fc.array(message, { maxLength: 8 }),
  system: texts,
});

const said = (request: object) => [problemsOf(request), betasFor({ ...request }, 'create'), jsonOf(request)];

test('of a request that cannot change the same is said and sent, the first time and again, whole or in part', () => {
  const next = random();
  fc.assert(
    fc.property(requests, (request) => {
      const plain = said(request);
      const messages = request.messages.map((each) => (next() < 0.7 ? unchangingOf(structuredClone(each)) : each));
      const frozen = { ...request, messages };
      expect(said(frozen)).toEqual(plain);
      expect(said(frozen)).toEqual(plain);
      // In another place the same message may be wrong, or right.
      const turned = [...messages].reverse();
      expect(said({ ...request, messages: turned })).toEqual(said(structuredClone({ ...request, messages: turned })));
    }),
    { numRuns: scaled(5_000), seed: seed() },
  );
});

test('what can be changed is looked at each time', () => {
  const inner = { type: 'text', text: 'a' };
  const half = Object.freeze({ role: 'user', content: Object.freeze([inner]) });
  expect(isUnchanging(half)).toBe(false);
  const request = { model: 'claude-sonnet-5-5', max_tokens: 10, messages: [half, half] };
  const before = jsonOf(request);
  Object.assign(inner, { text: 7 });
  expect(jsonOf(request)).not.toBe(before);
  expect(problemsOf(request)).toHaveLength(2);
  const told = {
    type: 'text',
    get text() {
      return String(Math.random());
    },
  };
  expect(isUnchanging(Object.freeze({ role: 'user', content: Object.freeze([Object.freeze(told)]) }))).toBe(false);
  expect(isUnchanging(unchangingOf({ when: new Date() }))).toBe(false);
});

test(`R22: in a conversation of ${scaled(4_000)} messages the blocks of those that were sent before are not looked at again`, () => {
  let looks = 0;
  const watched = (text: string): object =>
    new Proxy(Object.freeze({ type: 'text', text }), {
      get(target, name) {
        looks += 1;
        return Reflect.get(target, name);
      },
    });
  const turn = (at: number) =>
    unchangingOf({ role: at % 2 === 0 ? 'user' : 'assistant', content: [watched(`turn ${at}`)] });
  const messages: object[] = [];
  const looksWith = (more: number): number => {
    for (let each = 0; each < more; each += 1) messages.push(turn(messages.length));
    looks = 0;
    said({ model: 'claude-sonnet-5-5', max_tokens: 10, messages });
    return looks;
  };
  looksWith(11);
  const early = looksWith(2);
  looksWith(scaled(4_000));
  expect(looksWith(2)).toBe(early);
});
