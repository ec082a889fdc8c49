/** Our streams beside the official client's: CPU per event, and time to the first event. */
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

type Client = 'ours' | 'theirs' | 'floor';
const clients: readonly Client[] = ['ours', 'theirs', 'floor'];
const folder = path.join(import.meta.dirname, 'streams');

/** Rounds are interleaved, each client in a process of its own, one server for all; the medians count. */
export async function claudeStream({ rounds = 5, deltas = 20_000 } = {}): Promise<readonly Row[]> {
  const bundles = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const server = fork(path.join(folder, 'server.ts'));
  try {
    await bundle(bundles);
    const port = await portOf(server);
    const run = (client: Client, ...mode: string[]) => measured(path.join(bundles, `${client}.mjs`), [port, ...mode]);
    const cpu = await interleaved(rounds, (client) => run(client, 'cpu', String(deltas)));
    const start = await interleaved(rounds, (client) => run(client, 'start'));
    return [
      row('CPU per streamed event, µs', cpu.ours, cpu.theirs, 0.4),
      row('  a bare undici read of the same bytes, µs', cpu.floor, cpu.theirs),
      row('process start to first event, ms', start.ours, start.theirs, 1),
      row('  with a bare undici read, ms', start.floor, start.theirs),
    ];
  } finally {
    server.disconnect();
    await rm(bundles, { recursive: true });
  }
}

/** ES modules, as a program that uses either client would be bundled; `require` is for undici's own modules. */
async function bundle(out: string): Promise<void> {
  await build({
    entryPoints: clients.map((client) => path.join(folder, `${client}.ts`)),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
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

async function interleaved(rounds: number, run: (client: Client) => Promise<number>): Promise<Record<Client, number>> {
  const values: Record<Client, number[]> = { ours: [], theirs: [], floor: [] };
  for (let round = 0; round < rounds; round++) for (const client of clients) values[client].push(await run(client));
  return { ours: median(values.ours), theirs: median(values.theirs), floor: median(values.floor) };
}

function row(name: string, ours: number, theirs: number, bar?: number): Row {
  return { name, ours, theirs, ratio: ours / theirs, ...(bar !== undefined && { bar }) };
}

if (import.meta.main) console.table(await claudeStream());
