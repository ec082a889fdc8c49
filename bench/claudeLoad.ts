/** Many streams at once: none of their events is lost, memory stays small, and no other client is faster. */
import { withLoad } from './load/processes.ts';
import { type Bench, median, type Row } from './row.ts';

const rounds = 3;
const streams = 1_000;
const deltas = 2_000;
const mostMegabytes = 200;

/**
 * How far the young generation may grow, in MB, for both clients. Node lets it grow with the memory of the machine, up
 * to 128 MB on large ones, which then is most of what is measured.
 */
const young = 16;

export const bench: Bench = {
  title: `${streams} streams of ${deltas + 5} events at once, beside the official TypeScript client on the same server`,
  run: () =>
    withLoad(
      ['ours', 'theirs'],
      async (run) => {
        const figures: Record<'ours' | 'theirs', (readonly number[])[]> = { ours: [], theirs: [] };
        for (let round = 0; round < rounds; round++)
          for (const client of ['ours', 'theirs'] as const)
            figures[client].push(await run(client, 'load', streams, deltas));
        const middle = (client: 'ours' | 'theirs', at: number) =>
          median(figures[client].map((values) => values[at] ?? 0));
        return [rate(middle('ours', 0), middle('theirs', 0)), memory(middle('ours', 1), middle('theirs', 1))];
      },
      [`--max-semi-space-size=${young}`],
    ),
};

function rate(ours: number, theirs: number): Row {
  return {
    figure: 'events a second',
    ours: Math.round(ours).toString(),
    control: `${Math.round(theirs)} (official client)`,
    result: `${(ours / theirs).toFixed(2)}x`,
    bar: 'at least 1x',
    held: ours >= theirs,
  };
}

function memory(ours: number, theirs: number): Row {
  const [own, official] = [ours / 1_048_576, theirs / 1_048_576];
  return {
    figure: 'growth of memory at its peak, MB',
    ours: own.toFixed(0),
    control: `${official.toFixed(0)} (official client)`,
    result: `${own.toFixed(0)} MB`,
    bar: `at most ${mostMegabytes} MB`,
    held: own <= mostMegabytes,
  };
}

if (import.meta.main) console.table(await bench.run());
