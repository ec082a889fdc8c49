/** What calls cost, against sums done by hand from the price list. */
import { expect, test } from 'vitest';
import type { Usage } from '../schema/usage.ts';
import { costOf, priceTable } from './prices.ts';
import { models } from './table.ts';

const million = 1_000_000;
const nothing: Usage = { input_tokens: 0, output_tokens: 0 };

test.each<[number, string, Partial<Usage>]>([
  [2, 'claude-sonnet-5-5', { input_tokens: million }],
  [10, 'claude-sonnet-5-5', { output_tokens: million }],
  [0.2, 'claude-sonnet-5-5', { cache_read_input_tokens: million }],
  [2.5, 'claude-sonnet-5-5', { cache_creation_input_tokens: million }],
  [
    4,
    'claude-sonnet-5-5',
    {
      cache_creation_input_tokens: million,
      cache_creation: { ephemeral_1h_input_tokens: million, ephemeral_5m_input_tokens: 0 },
    },
  ],
  [
    3.25,
    'claude-sonnet-5-5',
    {
      cache_creation_input_tokens: million,
      cache_creation: { ephemeral_1h_input_tokens: million / 2, ephemeral_5m_input_tokens: million / 2 },
    },
  ],
  [0.01, 'claude-haiku-5-5', { input_tokens: 100_000 }],
  [0.0500005, 'claude-haiku-5-5', { input_tokens: 100_001 }],
  [0.055, 'claude-haiku-5-5', { input_tokens: 100_000, cache_read_input_tokens: 100_000 }],
  [0.25, 'claude-fable-5-1', { cache_read_input_tokens: million }],
  [8, 'claude-opus-5-5', { input_tokens: million, speed: 'fast' }],
  [50, 'claude-opus-5', { output_tokens: million, speed: 'fast' }],
  [2.2, 'claude-sonnet-5-5', { input_tokens: million, inference_geo: 'us' }],
  [1, 'claude-sonnet-5-5', { input_tokens: million, service_tier: 'batch' }],
  [3, 'claude-sonnet-4-5-20250929', { input_tokens: million }],
  [0.03, 'claude-sonnet-5-5', { server_tool_use: { web_search_requests: 3, web_fetch_requests: 9 } }],
  [
    6,
    'claude-sonnet-5-5',
    {
      input_tokens: 5,
      iterations: [1, 2].map(() => ({ type: 'message', input_tokens: million, output_tokens: 100_000 })),
    },
  ],
  [
    2 + 4 + 20,
    'claude-sonnet-5-5',
    {
      iterations: [
        { type: 'message', input_tokens: million, output_tokens: 0 },
        { type: 'advisor_message', model: 'claude-opus-5-5', input_tokens: million, output_tokens: million },
      ],
    },
  ],
  [
    10 + 5,
    'claude-fable-5-1',
    {
      iterations: [
        { type: 'message', input_tokens: million },
        { type: 'fallback_message', model: 'claude-opus-5', input_tokens: million },
      ],
    },
  ],
  [
    0.5 * 1.1 * (0.01 + 0.0500005),
    'claude-haiku-5-5',
    {
      service_tier: 'batch',
      inference_geo: 'us',
      iterations: [
        { type: 'message', input_tokens: 100_000 },
        { type: 'message', input_tokens: 100_001 },
      ],
    },
  ],
  [0.05 * 0.9 + 2.5 / 1000, 'claude-haiku-5-5', { cache_read_input_tokens: 900_000, output_tokens: 1_000 }],
  [
    8 + 40 + 0.4 + 10 + 16,
    'claude-opus-5-5',
    {
      speed: 'fast',
      input_tokens: million,
      output_tokens: million,
      cache_read_input_tokens: million,
      cache_creation_input_tokens: 2 * million,
      cache_creation: { ephemeral_5m_input_tokens: million, ephemeral_1h_input_tokens: million },
    },
  ],
  [
    2.2 + 0.01,
    'claude-sonnet-5-5',
    { input_tokens: million, inference_geo: 'us', server_tool_use: { web_search_requests: 1 } },
  ],
  [
    2,
    'claude-sonnet-5-5',
    { input_tokens: million, inference_geo: 'global', speed: 'standard', service_tier: 'standard' },
  ],
  [0, 'claude-sonnet-5-5', {}],
  [0.0000375, 'claude-haiku-4-5', { input_tokens: 7.5, output_tokens: 6, iterations: [] }],
])('%d dollars on %s for %j', (dollars, model, usage) => {
  expect(costOf({ ...nothing, ...usage }, model)).toBeCloseTo(dollars, 9);
});

test.each<[string, Partial<Usage>]>([
  ['a-model-of-tomorrow', {}],
  ['claude-fable-5-2', {}],
  ['__proto__', {}],
  ['claude-sonnet-5-5', { speed: 'fast' }],
  ['claude-sonnet-5-5', { iterations: [{ type: 'advisor_message', model: 'a-model-of-tomorrow' }] }],
])('there is no price for %s with %j', (model, usage) => {
  expect(costOf({ ...nothing, ...usage }, model)).toBeUndefined();
});

test('other prices can be given', () => {
  const mine = {
    date: '2027-01-01',
    search: 0,
    models: { mine: { input: 1, output: 1, read: 1, write5m: 1, write1h: 1 } },
  };
  expect(costOf({ ...nothing, input_tokens: million }, 'mine', mine)).toBe(1);
});

/** The price list as it is published: in, out, five-minute write, one-hour write, cache read. */
const published: readonly (readonly [model: string, ...dollars: readonly number[]])[] = [
  ['claude-fable-5-1', 10, 50, 12.5, 20, 0.25],
  ['claude-mythos-5-1', 10, 50, 12.5, 20, 0.25],
  ['claude-opus-5-5', 4, 20, 5, 8, 0.2],
  ['claude-sonnet-5-5', 2, 10, 2.5, 4, 0.2],
  ['claude-haiku-5-5', 0.1, 0.5, 0.125, 0.2, 0.01],
  ['claude-fable-5', 10, 50, 12.5, 20, 1],
  ['claude-mythos-5', 10, 50, 12.5, 20, 1],
  ['claude-opus-5', 5, 25, 6.25, 10, 0.5],
  ['claude-opus-4-8', 5, 25, 6.25, 10, 0.5],
  ['claude-opus-4-7', 5, 25, 6.25, 10, 0.5],
  ['claude-opus-4-6', 5, 25, 6.25, 10, 0.5],
  ['claude-opus-4-5', 5, 25, 6.25, 10, 0.5],
  ['claude-sonnet-5', 2, 10, 2.5, 4, 0.2],
  ['claude-sonnet-4-6', 3, 15, 3.75, 6, 0.3],
  ['claude-sonnet-4-5', 3, 15, 3.75, 6, 0.3],
  ['claude-haiku-4-5', 1, 5, 1.25, 2, 0.1],
];

test.each(published)('%s costs what the list says', (model, input, output, write5m, write1h, read) => {
  expect(priceTable.models[model]).toMatchObject({ input, output, write5m, write1h, read });
});

test('the table holds what the list has, and no more', () => {
  expect(Object.keys(priceTable.models).sort()).toEqual(published.map(([model]) => model).sort());
  expect(priceTable.models['claude-haiku-5-5']?.long).toEqual({
    ...{ input: 0.5, output: 2.5, write5m: 0.625, write1h: 1, read: 0.05 },
    above: 100_000,
  });
  const fast = Object.entries(priceTable.models).filter(([, price]) => price.fast !== undefined);
  expect(fast.map(([model, { input, output, fast = 0 }]) => [model, input * fast, output * fast]).sort()).toEqual([
    ['claude-opus-4-8', 10, 50],
    ['claude-opus-5', 10, 50],
    ['claude-opus-5-5', 8, 40],
  ]);
});

test('every active model has a price, and cache writes follow from it', () => {
  const without = [...models.values()].filter(
    ({ lifecycle, id }) => lifecycle === 'active' && costOf(nothing, id) === undefined,
  );
  expect(without).toEqual([]);
  for (const { input, write5m, write1h } of Object.values(priceTable.models))
    expect([write5m, write1h]).toEqual([input * 1.25, input * 2]);
});
