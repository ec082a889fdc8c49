/** Our streams beside the official client's: CPU per event and per piece of a tool's input, and time to the first event. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { median } from './row.ts';

/** One line of the table. */
export interface Row {
  readonly name: string;
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
  /** The ratio that must not be passed; absent for what is shown to compare with. */
  readonly bar?: number;
}

/** `theirs` is the version of the official client that the bars are for, `newest` the latest one. */
type Client = 'ours' | 'theirs' | 'newest' | 'floor';
const clients: readonly Client[] = ['ours', 'theirs', 'newest', 'floor'];
const folder = path.join(import.meta.dirname, 'streams');

/** Rounds are interleaved, each client in a process of its own, one server for all; the medians count. */
export async function claudeStream({ rounds = 5, deltas = 20_000, pieces = 5_000 } = {}): Promise<readonly Row[]> {
  const bundles = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const server = fork(path.join(folder, 'server.ts'));
  try {
    await bundle(bundles);
    const port = await portOf(server);
    const run = (client: Client, ...mode: string[]) => measured(path.join(bundles, `${client}.mjs`), [port, ...mode]);
    const cpu = await interleaved(rounds, (client) => run(client, 'cpu', String(deltas)));
    const tool = await interleaved(rounds, (client) => run(client, 'tool', String(pieces)));
    const start = await interleaved(rounds, (client) => run(client, 'start'));
    return [
      ...rows('CPU per streamed event, µs', cpu, 0.4),
      ...rows('CPU per piece of a 100 KB tool input, its value read each time, µs', tool, 0.1),
      ...rows('process start to first event, ms', start, 1),
    ];
  } finally {
    server.disconnect();
    await rm(bundles, { recursive: true });
  }
}

/** ES modules, as a program that uses either client would be bundled; `require` is for undici's own modules. */
async function bundle(out: string): Promise<void> {
  const common = {
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  } as const;
  for (const client of clients) {
    const isNewest = client === 'newest';
    await build({
      ...common,
      entryPoints: [path.join(folder, `${isNewest ? 'theirs' : client}.ts`)],
      outfile: path.join(out, `${client}.mjs`),
      ...(isNewest && { alias: { '@anthropic-ai/sdk': '@anthropic-ai/sdk-newest' } }),
    });
  }
}

async function portOf(server: ReturnType<typeof fork>): Promise<string> {
  const [message] = await once(server, 'message');
  return String(numberIn(message, 'port'));
}

async function measured(file: string, args: readonly string[]): Promise<number> {
  const child = fork(file, args);
  const [message] = await once(child, 'message');
  await once(child, 'exit');
  return numberIn(message, 'value');
}

function numberIn(message: unknown, name: string): number {
  const value: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;
  if (typeof value !== 'number') throw new Error(`a process did not tell its ${name}`);
  return value;
}

type Figures = Readonly<Record<Client, number>>;

async function interleaved(rounds: number, run: (client: Client) => Promise<number>): Promise<Figures> {
  const values: Record<Client, number[]> = { ours: [], theirs: [], newest: [], floor: [] };
  for (let round = 0; round < rounds; round++) for (const client of clients) values[client].push(await run(client));
  const { ours, theirs, newest, floor } = values;
  return { ours: median(ours), theirs: median(theirs), newest: median(newest), floor: median(floor) };
}

/** What the bar is for, and two lines to compare with. */
function rows(name: string, { ours, theirs, newest, floor }: Figures, bar: number): readonly Row[] {
  return [
    { name, ours, theirs, ratio: ours / theirs, bar },
    { name: '  beside the newest official client', ours, theirs: newest, ratio: ours / newest },
    { name: '  a bare undici read of the same bytes', ours: floor, theirs, ratio: floor / theirs },
  ];
}

if (import.meta.main) console.table(await claudeStream());
