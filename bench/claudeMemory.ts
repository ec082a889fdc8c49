/** Memory of open streams, ours beside the official client's. */
import { withLoad } from './load/processes.ts';
import { type Bench, median, type Row } from './row.ts';

const rounds = 5;
const streams = 200;
const deltas = 400;
/** Of the official client's. */
const bar = 0.27;

export const bench: Bench = {
  title: 'Memory of open streams, beside the official TypeScript client on the same server',
  run: () =>
    withLoad(['ours', 'theirs'], async (run) => {
      const grown: Record<'ours' | 'theirs', number[]> = { ours: [], theirs: [] };
      for (let round = 0; round < rounds; round++)
        for (const client of ['ours', 'theirs'] as const)
          grown[client].push((await run(client, 'memory', streams, deltas))[0] ?? 0);
      return [row(median(grown.ours), median(grown.theirs))];
    }),
};

function row(ours: number, theirs: number): Row {
  const ratio = ours / theirs;
  return {
    figure: `memory for each open stream after ${deltas} deltas, KB`,
    ours: (ours / 1024).toFixed(1),
    control: `${(theirs / 1024).toFixed(1)} (official client)`,
    result: `${ratio.toFixed(2)}x`,
    bar: `at most ${bar}x`,
    held: ratio <= bar,
  };
}

if (import.meta.main) console.table(await bench.run());
