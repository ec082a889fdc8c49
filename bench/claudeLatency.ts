/** Latency of whole answers at a steady rate, above that of undici alone: ours beside the official client's. */
import { type Client, withLoad } from './load/processes.ts';
import type { Bench, Row } from './row.ts';

const rounds = 6;
const calls = 400;
const perSecond = 100;
const clients: readonly Client[] = ['bare', 'ours', 'theirs'];
/** Of the official client's excess. */
const bar = 0.65;

export const bench: Bench = {
  title: `Whole answers at ${perSecond} calls a second, beside the official TypeScript client on the same server`,
  run: () =>
    withLoad(clients, async (run) => {
      const times: Record<Client, number[]> = { bare: [], ours: [], theirs: [] };
      for (let round = 0; round < rounds; round++)
        for (const client of clients) times[client].push(...(await run(client, 'latency', calls, perSecond)));
      return [row('p99 above a bare undici call, ms', times, 0.99, bar), row('  the median above it, ms', times, 0.5)];
    }),
};

function row(figure: string, times: Readonly<Record<Client, readonly number[]>>, share: number, most?: number): Row {
  const [bare, ours, theirs] = [times.bare, times.ours, times.theirs].map((values) => quantile(values, share));
  const [own, official] = [(ours ?? 0) - (bare ?? 0), (theirs ?? 0) - (bare ?? 0)];
  const ratio = own / official;
  return {
    figure: `${figure} (${times.ours.length} samples)`,
    ours: own.toFixed(2),
    control: `${official.toFixed(2)} (official client; bare: ${bare?.toFixed(2)})`,
    result: `${ratio.toFixed(2)}x`,
    bar: most === undefined ? '' : `at most ${most}x`,
    held: most === undefined || ratio <= most,
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
}

if (import.meta.main) console.table(await bench.run());
