/** Many streams of the Claude client at once, in a process of its own. */
import { expect, test } from 'vitest';
import { withLoad } from '../bench/load/processes.ts';
import { scaled } from './harness/scale.ts';

const deltas = 2_000;
const mostMegabytes = 200;

test(`R20: 1,000 streams of ${deltas + 5} events lose none, within ${mostMegabytes} MB`, async () => {
  // The process counts the events, and fails when one is missing.
  const [rate = 0, growth = Infinity] = await withLoad(['ours'], (run) => run('ours', 'load', scaled(1_000), deltas), [
    '--max-semi-space-size=16',
  ]);
  expect(rate).toBeGreaterThan(0);
  expect(growth / 1_048_576).toBeLessThan(mostMegabytes);
}, 120_000);
