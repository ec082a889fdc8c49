/** From the start of the process to the answer to `initialize`: our server as it is shipped, beside a bare one on the same library. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { buildBundles } from '../scripts/bundles.ts';
import { root } from '../scripts/places.ts';
import { type Bench, median, type Row } from './row.ts';

const rounds = 7;
const samplesPerRound = 15;
/** Of the bare server's time. */
const bar = 1.5;

export const bench: Bench = {
  title: 'Start of the language server',
  async run() {
    const folder = await mkdtemp(path.join(tmpdir(), 'gloss-bench-'));
    try {
      await buildBundles({ folder, minify: true, together: true });
      const [ours, bare] = [path.join(folder, 'server.mjs'), await bareServer(folder)];
      return [await compare(ours, bare, folder)];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** What starts on the same library and does nothing. */
export async function bareServer(folder: string): Promise<string> {
  const outfile = path.join(folder, 'bare.cjs');
  const contents = `
    import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
    const connection = createConnection(ProposedFeatures.all);
    connection.onInitialize(() => ({ capabilities: {} }));
    connection.listen();`;
  const stdin = { contents, resolveDir: root };
  await build({ stdin, outfile, bundle: true, platform: 'node', target: 'node22', format: 'cjs', minify: true });
  return outfile;
}

/** Rounds alternate between the two, so that whatever else the machine does meets both. */
async function compare(ours: string, bare: string, home: string): Promise<Row> {
  const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
  // The first of each fills the file cache.
  await Promise.all([timeToAnswer(ours, home), timeToAnswer(bare, home)]);
  for (let round = 0; round < rounds; round += 1) {
    const samples: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
    for (let sample = 0; sample < samplesPerRound; sample += 1) {
      samples.ours.push(await timeToAnswer(ours, home));
      samples.bare.push(await timeToAnswer(bare, home));
    }
    times.ours.push(median(samples.ours));
    times.bare.push(median(samples.bare));
  }
  const [own, control] = [median(times.ours), median(times.bare)];
  const result = own / control;
  return {
    figure: `initialize answered after spawn (ms, ${rounds} rounds of ${samplesPerRound})`,
    ours: own.toFixed(1),
    control: `${control.toFixed(1)} (bare vscode-languageserver)`,
    bar: `at most ${bar}x`,
    result: `${result.toFixed(2)}x`,
    held: result <= bar,
  };
}

async function timeToAnswer(server: string, home: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [server, '--stdio'], {
    env: { PATH: process.env['PATH'], HOME: home },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.write(
    framed({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } }),
  );
  let answer = '';
  for await (const chunk of child.stdout) {
    answer += chunk;
    if (answer.includes('"id":1')) break;
  }
  const time = performance.now() - started;
  if (!answer.includes('"capabilities"')) throw new Error(`${server} did not answer initialize: ${answer}`);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  return time;
}

function framed(message: Readonly<Record<string, unknown>>): string {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
