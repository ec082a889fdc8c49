/** What the whole server holds: 200 conversations of 200 messages on the disk, five of them open, one question asked; beside a bare one. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { buildBundles } from '../scripts/bundles.ts';
import { startDemo } from '../server/src/demo/server.ts';
import { chatWindow } from '../test/harness/chatWindow.ts';
import { fill } from './conversationStore.ts';
import { bareServer } from './initialize.ts';
import { type Bench, median, type Row } from './row.ts';

const rounds = 5;
/** Of the bare server's. */
const bar = 1.6;
/** Milliseconds after which nothing is under way any more, and the server has given back what it no longer needs (`system/rest.ts`). */
const rest = 9_000;

export const bench: Bench = {
  title: 'Memory of the language server',
  async run() {
    const folder = await mkdtemp(path.join(tmpdir(), 'gloss-bench-memory-'));
    try {
      await buildBundles({ folder, minify: true, together: true });
      const bare = await bareServer(folder);
      const place = { folder: path.join(folder, 'work'), storage: path.join(folder, 'own') };
      const roots = JSON.stringify([pathToFileURL(place.folder).href]);
      const name = `conversations/${createHash('sha256').update(roots).digest('hex').slice(0, 32)}`;
      const conversations = await fill(place.storage, name);
      const sizes: Record<'idle' | 'ours' | 'bare', number[]> = { idle: [], ours: [], bare: [] };
      for (let round = 0; round < rounds; round += 1) {
        const main = path.join(folder, 'server.mjs');
        const open = conversations.slice(0, 5);
        // At once: most of the time they rest.
        const each = await Promise.all([ofBare(bare), ofOurs(main, place, []), ofOurs(main, place, open)]);
        for (const [at, name] of (['bare', 'idle', 'ours'] as const).entries())
          sizes[name].push(each[at] ?? Number.NaN);
      }
      return rowsOf(median(sizes.idle), median(sizes.ours), median(sizes.bare));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function rowsOf(idle: number, ours: number, bare: number): readonly Row[] {
  const row = (figure: string, own: number, limit: number | undefined): Row => ({
    figure: `${figure}, MB, median of ${rounds}`,
    ours: (own / 1e6).toFixed(1),
    control: `${(bare / 1e6).toFixed(1)} (bare vscode-languageserver)`,
    bar: limit === undefined ? '' : `at most ${limit}x`,
    result: `${(own / bare).toFixed(2)}x`,
    held: limit === undefined || own / bare <= limit,
  });
  return [row('with 5 conversations open, one question asked', ours, bar), row('idle', idle, undefined)];
}

/** The conversations have cost more than is spent without asking. */
const choose = (_message: string, titles: readonly string[]) => titles.find((title) => title === 'Go on');

/** @param open Conversations; in the first one a question is asked. */
async function ofOurs(
  main: string,
  place: { readonly folder: string; readonly storage: string },
  open: readonly string[],
): Promise<number> {
  const service = await startDemo({ delay: 0 });
  const window = await chatWindow({ service, process: {}, main, again: place, choose });
  try {
    for (const conversation of [...open].reverse()) await window.open({ conversation });
    if (open.length > 0) {
      await window.begin('Hello.');
      while ((await window.lens('Stop')) !== undefined) await pause(50);
    }
    await pause(rest);
    return await residentOf(window.editor.child?.pid);
  } finally {
    await window[Symbol.asyncDispose]();
    await service.close();
  }
}

async function ofBare(server: string): Promise<number> {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const params = { processId: null, rootUri: null, capabilities: {} };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
  child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  child.stdout.resume();
  try {
    await pause(rest);
    return await residentOf(child.pid);
  } finally {
    child.kill('SIGKILL');
  }
}

/** Bytes of a process that are in memory. */
async function residentOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  if (!(kilobytes > 0)) throw new Error(`The memory of process ${pid} is not told.`);
  return kilobytes * 1_024;
}

if (import.meta.main) console.table(await bench.run());
