/** Many streams at once: none of their events is lost, memory stays small, and no other client is faster. */
import { type Client, withLoad } from './load/processes.ts';
import { type Bench, median, type Row } from './row.ts';

const rounds = 3;
const streams = 1_000;
const deltas = 2_000;
const mostMegabytes = 200;
const clients: readonly Client[] = ['ours', 'theirs', 'bare'];

/**
 * How far the young generation may grow, in MB, for all clients. Node lets it grow with the memory of the machine, up
 * to 128 MB on large ones, which then is most of what is measured: the last rows show it.
 */
const young = 16;

/** Medians of a client: events a second, and the growth of memory in MB. */
interface Figures {
  readonly rate: number;
  readonly growth: number;
}

export const bench: Bench = {
  title: `${streams} streams of ${deltas + 5} events at once, beside the official TypeScript client on the same server`,
  async run() {
    const held = await measured([`--max-semi-space-size=${young}`]);
    const free = await measured([]);
    return [
      rate(held),
      growth(`growth of memory at its peak, young generation of ${young} MB, MB`, held, mostMegabytes),
      growth('  as Node lets it grow', free),
    ];
  },
};

function measured(flags: readonly string[]): Promise<Record<Client, Figures>> {
  return withLoad(
    clients,
    async (run) => {
      const values: Record<Client, (readonly number[])[]> = { ours: [], theirs: [], bare: [] };
      for (let round = 0; round < rounds; round++)
        for (const client of clients) values[client].push(await run(client, 'load', streams, deltas));
      const middle = (client: Client, at: number) => median(values[client].map((figures) => figures[at] ?? 0));
      const of = (client: Client) => ({ rate: middle(client, 0), growth: middle(client, 1) / 1_048_576 });
      return { ours: of('ours'), theirs: of('theirs'), bare: of('bare') };
    },
    flags,
  );
}

function rate({ ours, theirs, bare }: Record<Client, Figures>): Row {
  const [own, official, least] = [ours.rate, theirs.rate, bare.rate].map(Math.round);
  return {
    figure: 'events a second',
    ours: `${own}`,
    control: `${official} (official client; bare undici: ${least})`,
    result: `${(ours.rate / theirs.rate).toFixed(2)}x`,
    bar: 'at least 1x',
    held: ours.rate >= theirs.rate,
  };
}

function growth(figure: string, { ours, theirs, bare }: Record<Client, Figures>, most?: number): Row {
  const [own, official, least] = [ours.growth, theirs.growth, bare.growth].map(Math.round);
  return {
    figure,
    ours: `${own}`,
    control: `${official} (official client; bare undici: ${least})`,
    result: `${own} MB`,
    bar: most === undefined ? '' : `at most ${most} MB`,
    held: most === undefined || ours.growth <= most,
  };
}

if (import.meta.main) console.table(await bench.run());
