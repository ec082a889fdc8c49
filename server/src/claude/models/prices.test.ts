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

test('every active model has a price, and cache writes follow from it', () => {
  const without = [...models.values()].filter(
    ({ lifecycle, id }) => lifecycle === 'active' && costOf(nothing, id) === undefined,
  );
  expect(without).toEqual([]);
  for (const { input, write5m, write1h } of Object.values(priceTable.models))
    expect([write5m, write1h]).toEqual([input * 1.25, input * 2]);
});
