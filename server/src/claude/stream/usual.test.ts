/** The glance at usual events: it lets through only what the schemas let through, and all that services send. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaled, seed } from '../../../../test/harness/scale.ts';
import { streams } from '../../../../test/harness/streams.ts';
import { checks } from '../schema/checks.ts';
import { isUsual } from './usual.ts';

const schemas = {
  message_start: checks.message_start,
  content_block_start: checks.content_block_start,
  content_block_stop: checks.content_block_stop,
  message_delta: checks.message_delta,
} as const;

const odd = fc.oneof(
  ...[
    fc.constantFrom(null, undefined, 0, 1, -1, 1.5, Number.POSITIVE_INFINITY, Number.NaN, '', 'text', true),
    fc.string(),
    fc.double(),
  ],
  ...[fc.constantFrom({}, [], [1], { a: 1 }, { type: 'text', text: 'x' }), fc.jsonValue({ maxDepth: 2 })],
);

/** Mostly as it should be, else odd or missing. */
const maybe = (right: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 60, arbitrary: right },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );

/** Mostly the first. */
const only = (right: unknown, ...others: readonly unknown[]) =>
  maybe(
    fc.oneof(
      { weight: 30, arbitrary: fc.constant(right) },
      ...others.map((other) => ({ weight: 1, arbitrary: fc.constant(other) })),
    ),
  );

const usage = fc.record({
  input_tokens: only(0, 25),
  output_tokens: only(1, 42),
  cache_creation_input_tokens: only(null, 3),
  cache_creation: only(
    null,
    { ephemeral_5m_input_tokens: 1, ephemeral_1h_input_tokens: 0 },
    { ephemeral_1h_input_tokens: 'x' },
  ),
  server_tool_use: only(null, { web_search_requests: 1 }, { web_search_requests: -1 }),
  output_tokens_details: only(null, { thinking_tokens: 2 }, { thinking_tokens: [] }),
  iterations: only(null, [], [{ type: 'message' }]),
  service_tier: only('standard', null),
  speed: only('fast', null),
});
const block = fc.record({
  type: only('text', 'thinking', 'tool_use', 'server_tool_use', 'compaction', 'new'),
  text: only(''),
  thinking: only(''),
  signature: only('', null),
  id: only('toolu_1'),
  name: only('edit'),
  input: only({}, { a: 1 }),
  citations: only(null, [], [{ type: 'x' }], [1]),
});
const delta = fc.record({
  stop_reason: only('end_turn', null),
  stop_sequence: only(null, 'x'),
  stop_details: only(null),
});
const message = fc.record({
  id: only('msg_1'),
  type: only('message'),
  role: only('assistant', 'user'),
  model: only('claude-sonnet-5-5'),
  content: only([], [{ type: 'text', text: 'x' }], [1]),
  stop_reason: only(null, 'end_turn'),
  stop_sequence: only(null),
  stop_details: only(null, { category: 1 }),
  usage: maybe(usage),
  container: only(null, { id: 'x' }),
});
const index = only(0, 1, 2, 1.5);
const more = only(undefined, null, 1, { applied_edits: [] });
const event = fc.oneof(
  fc.record({ type: fc.constant('message_start'), message: maybe(message), more }),
  fc.record({ type: fc.constant('content_block_start'), index, content_block: maybe(block), more }),
  fc.record({ type: fc.constant('content_block_stop'), index, more }),
  fc.record({ type: fc.constant('message_delta'), delta: maybe(delta), usage: maybe(usage), more }),
);

test('R12: what is usual fits its schema, whatever it is', () => {
  const seen = { usual: 0, other: 0 };
  fc.assert(
    fc.property(event, (given) => {
      seen[isUsual(given) ? 'usual' : 'other'] += 1;
      if (isUsual(given)) expect(schemas[given.type as keyof typeof schemas](given)).toHaveProperty('value');
    }),
    { seed: seed(), numRuns: scaled(50_000) },
  );
  // A glance that sees nothing, or everything, would pass as well.
  expect(Math.min(seen.usual, seen.other)).toBeGreaterThan(50);
});

test('what services send for text, thinking and tools is usual', () => {
  for (const name of ['text', 'other scripts', 'a tool'])
    for (const one of streams[name] ?? [])
      if (Object.hasOwn(schemas, one.type)) expect(isUsual(one), JSON.stringify(one)).toBe(true);
  expect(Object.keys(streams)).toEqual(expect.arrayContaining(['text', 'other scripts', 'a tool']));
});
