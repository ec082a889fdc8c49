/** The page of what suggestions came to. */
import { expect, test } from 'vitest';
import { words } from '../../../test/harness/words.ts';
import { statisticsText } from './statisticsText.ts';

const since = '2026-11-29T08:00:00.000Z';
const nothing = {
  ...{ since, requests: 0, known: 0, shown: 0, accepted: 0, lines: 0, characters: 0, kept: 0, dollars: 0 },
  filters: {},
};

test('counts, shares, cost and times stand in rows; filters by how often', () => {
  const counted = {
    ...{ since, requests: 200, known: 50, shown: 120, accepted: 30, lines: 60, characters: 1_800, kept: 27 },
    dollars: 0.1234,
    latency: { p50: 412.4, p90: 800, p99: 1_500 },
    filters: { 'too little': 3, 'repeats what follows': 12, 'a new filter': 1 },
  };
  expect(statisticsText(counted, '11/29/2026', words)).toMatchInlineSnapshot(`
    "Suggestions since 11/29/2026
    Counted and kept on this machine only. Nothing of it is sent anywhere.

    Shown:                             120
    Accepted:                          30 (25 %)
    Still there after 30 seconds:      27 (90 %)
    Lines accepted:                    60
    Characters accepted:               1800

    Asked for by the editor:           200
    Known already:                     50 (25 %)
    Cost:                              $0.12
    Cost of an accepted line:          $0.00206

    Half of the answers within:        412 ms
    90 of 100 within:                  800 ms
    99 of 100 within:                  1500 ms

    Answers that were changed or held back, and why
    it repeats what follows:           12
    too little:                        3
    a new filter:                      1
    "
  `);
});

test('before the first suggestion nothing is divided by nothing', () => {
  const text = statisticsText(nothing, 'today', words);
  expect(text).toContain('this machine only');
  expect(text).not.toMatch(/NaN|Infinity|%|ms|line:/);
});
