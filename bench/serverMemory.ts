/** What the whole server holds: 200 conversations of 200 messages on the disk, five of them open in a chat panel, one question asked; beside a bare one. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { buildBundles } from '../scripts/bundles.ts';
import { startDemo } from '../server/src/demo/server.ts';
import { type ChatWindowOptions, chatWindow } from '../test/harness/chatWindow.ts';
import { panelWindow } from '../test/harness/panelWindow.ts';
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
      const sizes: Sizes = { bare: [], idle: [], panel: [], documents: [] };
      for (let round = 0; round < rounds; round += 1) {
        const main = path.join(folder, 'server.mjs');
        const open = conversations.slice(0, 5);
        // At once: most of the time they rest.
        const each = await Promise.all([
          ofBare(bare),
          ofOurs(main, place, async () => undefined),
          ofOurs(main, place, (options) => inPanel(options, open)),
          ofOurs(main, place, (options) => inDocuments(options, open)),
        ]);
        for (const [at, name] of (['bare', 'idle', 'panel', 'documents'] as const).entries())
          sizes[name].push(each[at] ?? Number.NaN);
      }
      return rowsOf(sizes);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

type Sizes = Record<'bare' | 'idle' | 'panel' | 'documents', number[]>;

function rowsOf(sizes: Sizes): readonly Row[] {
  const bare = median(sizes.bare);
  const row = (figure: string, own: number, limit?: number): Row => ({
    figure: `${figure}, MB, median of ${rounds}`,
    ours: (own / 1e6).toFixed(1),
    control: `${(bare / 1e6).toFixed(1)} (bare vscode-languageserver)`,
    bar: limit === undefined ? '' : `at most ${limit}x`,
    result: `${(own / bare).toFixed(2)}x`,
    held: limit === undefined || own / bare <= limit,
  });
  return [
    row('with 5 conversations open in a panel, one question asked', median(sizes.panel), bar),
    row('with 5 conversations open as documents, one question asked', median(sizes.documents)),
    row('idle', median(sizes.idle)),
  ];
}

/** A window with the conversations open, and a question asked in the first of them; undefined opens none. */
type Use = (options: ChatWindowOptions) => Promise<Used | undefined>;
type Used = AsyncDisposable & { readonly pid: number | undefined };

async function ofOurs(
  main: string,
  place: { readonly folder: string; readonly storage: string },
  use: Use,
): Promise<number> {
  const service = await startDemo({ delay: 0 });
  const options = { service, process: {}, main, again: place, choose };
  try {
    await using used = (await use(options)) ?? usedBy(await chatWindow(options));
    await pause(rest);
    return await residentOf(used.pid);
  } finally {
    await service.close();
  }
}

function usedBy(window: Awaited<ReturnType<typeof chatWindow>>): Used {
  return { pid: window.editor.child?.pid, [Symbol.asyncDispose]: () => window[Symbol.asyncDispose]() };
}

/** The conversations have cost more than is spent without asking. */
const goOn = 'Go on';
const choose = (_message: string, titles: readonly string[]) => titles.find((title) => title === goOn);

/** As a panel does: heads of all that was said, and the texts of what is in view. */
async function inPanel(options: ChatWindowOptions, open: readonly string[]): Promise<Used> {
  const panel = await panelWindow(options);
  for (const conversation of [...open].reverse()) {
    await panel.open(conversation);
    const { items } = panel.store;
    await panel.texts(
      ...items()
        .slice(-30)
        .map(({ id }) => id),
    );
  }
  await panel.begin('Hello.');
  let asked = panel.state().questions;
  for (; panel.state().running || asked.length > 0; asked = panel.state().questions) {
    for (const { call } of asked) await panel.ask('gloss/chatAnswer', { chat: panel.chat, call, text: goOn });
    await pause(50);
  }
  return usedBy(panel.window);
}

async function inDocuments(options: ChatWindowOptions, open: readonly string[]): Promise<Used> {
  const window = await chatWindow(options);
  for (const conversation of [...open].reverse()) await window.open({ conversation });
  await window.begin('Hello.');
  while ((await window.lens('Stop')) !== undefined) await pause(50);
  return usedBy(window);
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
