/** 200 conversations of 200 messages on disk: how long until they are listed, beside reading the bytes of the list; and what a server holds with five of them open, beside a bare one. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../scripts/places.ts';
import { createJournalShelf } from '../server/src/system/journalShelf.ts';
import { conversationsFolder, conversationsOn, inRow, said } from '../test/harness/conversations.ts';
import { random } from '../test/harness/scale.ts';
import { type Bench, median, type Row } from './row.ts';

const count = 200;
const messages = 200;
const rounds = 30;
const memoryRounds = 5;
/** Milliseconds above the control. */
const listBar = 50;
/** Of the bare server's. */
const memoryBar = 1.6;

export const bench: Bench = {
  title: `Store of ${count} conversations of ${messages} messages`,
  async run() {
    const folder = await mkdtemp(path.join(tmpdir(), 'gloss-bench-conversations-'));
    try {
      await fill(folder);
      return [await listRow(folder), await memoryRow(folder)];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** @returns the newest ones first. @param name Of the folder below the storage's. */
export async function fill(folder: string, name?: string): Promise<readonly string[]> {
  const { conversations } = conversationsOn(folder, (storage, own, log) =>
    createJournalShelf(storage, name ?? own, log),
  );
  const next = random(7);
  const words = (most: number) =>
    Array.from({ length: Math.floor(next() * most) }, () => `word${Math.floor(next() * 3_000)}`).join(' ');
  for (let number = 0; number < count; number++) {
    const id = conversations.begin(`Conversation ${number}: ${words(10)}`);
    const turns = Array.from({ length: messages / 4 }, () => [
      said.asked(words(100)),
      said.answered(words(100), 'toolu_1'),
      said.results('toolu_1'),
      said.answered(words(300)),
    ]);
    const entries = inRow(turns.flat());
    // As it goes: a record of the list for each turn.
    for (let start = 0; start < entries.length; start += 20) {
      await conversations.append(id, entries.slice(start, start + 20));
      await conversations.list();
    }
  }
  const listed = await conversations.list();
  await conversations.close();
  return listed.map(({ id }) => id);
}

async function listRow(folder: string): Promise<Row> {
  const [ours, control]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    const [mine, bare] = [await listing(folder), await reading(folder)];
    // The first one warms up.
    if (round > 0) ours.push(mine);
    if (round > 0) control.push(bare);
  }
  const above = median(ours) - median(control);
  return {
    figure: `listed, ms, median of ${rounds}`,
    ours: median(ours).toFixed(1),
    control: `${median(control).toFixed(1)} (bytes of the list read)`,
    result: `${above.toFixed(1)} ms above`,
    bar: `at most ${listBar} ms above`,
    held: above <= listBar,
  };
}

async function listing(folder: string): Promise<number> {
  const { conversations } = conversationsOn(folder);
  const start = performance.now();
  const all = await conversations.list();
  const time = performance.now() - start;
  if (all.length !== count) throw new Error(`${all.length} of ${count} conversations are listed.`);
  await conversations.close();
  return time;
}

async function reading(folder: string): Promise<number> {
  const below = path.join(folder, conversationsFolder, 'index');
  const start = performance.now();
  for (const file of await readdir(below)) await readFile(path.join(below, file));
  return performance.now() - start;
}

/** A bare server, and the same with the store: it lists, opens five conversations and holds what they say. */
async function memoryRow(folder: string): Promise<Row> {
  const [bare, ours] = [await bundled(folder, 'bare', ''), await bundled(folder, 'ours', opening(folder))];
  const sizes: Record<'bare' | 'ours', number[]> = { bare: [], ours: [] };
  for (let round = 0; round < memoryRounds; round++) {
    sizes.bare.push(await resident(bare));
    sizes.ours.push(await resident(ours));
  }
  const [own, control] = [median(sizes.ours), median(sizes.bare)];
  return {
    figure: `memory of a bare server with the store and 5 open, MB, median of ${memoryRounds}`,
    ours: (own / 1e6).toFixed(1),
    control: `${(control / 1e6).toFixed(1)} (bare vscode-languageserver)`,
    result: `${(own / control).toFixed(2)}x`,
    bar: `at most ${memoryBar}x`,
    held: own / control <= memoryBar,
  };
}

function opening(folder: string): string {
  return `
    const { conversationsOn } = await import('./test/harness/conversations.ts');
    const { conversations } = conversationsOn(${JSON.stringify(folder)});
    const listed = await conversations.list();
    if (listed.length !== ${count}) throw new Error('not all are listed');
    globalThis.held = [];
    for (const { id } of listed.slice(0, 5)) {
      const stored = await conversations.open(id);
      if (stored.entries.length !== ${messages}) throw new Error('not all is there');
      globalThis.held.push(stored);
    }`;
}

async function bundled(folder: string, name: string, more: string): Promise<string> {
  const contents = `
    import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
    const connection = createConnection(ProposedFeatures.all);
    connection.onInitialize(() => ({ capabilities: {} }));
    connection.listen();
    ${more}
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    process.stderr.write(String(process.memoryUsage().rss) + '\\n');
    process.exit(0);`;
  const banner = { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` };
  const outdir = path.join(folder, name);
  await build({
    ...{ stdin: { contents, resolveDir: root }, outdir, banner, bundle: true, platform: 'node', target: 'node22' },
    // What is loaded later, or never, is in files of its own, as in what is shipped.
    ...{ format: 'esm', splitting: true, outExtension: { '.js': '.mjs' }, minify: true, logLevel: 'error' },
  });
  return path.join(outdir, 'stdin.mjs');
}

async function resident(server: string): Promise<number> {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'ignore', 'pipe'] });
  let told = '';
  for await (const chunk of child.stderr) told += String(chunk);
  const bytes = Number(told.trim());
  if (!(bytes > 0)) throw new Error(`The server said: ${told}`);
  return bytes;
}

if (import.meta.main) console.table(await bench.run());
