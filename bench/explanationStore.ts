/** How long it takes until 5,000 explanations that are on disk can be listed: ours beside reading the bytes of their files. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answered, explained, windowOn } from '../test/harness/explained.ts';
import { random } from '../test/harness/scale.ts';
import { type Bench, median } from './row.ts';

const count = 5_000;
const rounds = 30;
/** Milliseconds. */
const bar = 50;
/** Explanations of one document. */
const perDocument = 20;

export const bench: Bench = {
  title: `Store of ${count.toLocaleString('en')} explanations`,
  async run() {
    const folder = await mkdtemp(path.join(tmpdir(), 'gloss-bench-store-'));
    try {
      await fill(folder);
      const [ours, control]: [number[], number[]] = [[], []];
      for (let round = 0; round <= rounds; round++) {
        const [mine, bare] = [await listing(folder), await reading(folder)];
        // The first one warms up.
        if (round > 0) ours.push(mine);
        if (round > 0) control.push(bare);
      }
      const [least, middle] = [Math.min(...ours), median(ours)];
      return [
        {
          figure: `listed, ms, minimum and median of ${rounds}`,
          ours: `${least.toFixed(1)}, ${middle.toFixed(1)}`,
          control: `${Math.min(...control).toFixed(1)}, ${median(control).toFixed(1)} (bytes read)`,
          result: `${middle.toFixed(1)} ms`,
          bar: `at most ${bar} ms`,
          held: middle <= bar,
        },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function fill(folder: string): Promise<void> {
  const { store } = windowOn(folder);
  const next = random(7);
  const words = (most: number) =>
    Array.from({ length: Math.floor(next() * most) }, () => `word${Math.floor(next() * 3_000)}`).join(' ');
  const writing = Array.from({ length: count }, (_, index) => {
    const text = Array.from({ length: 5 + Math.floor(next() * 40) }, () => `  ${words(10)};\n`).join('');
    const uri = `file:///work/src/some/folder/file${Math.floor(index / perDocument)}.ts`;
    const record = explained(`explanation-${index}`, { uri, text, first: 0, last: text.split('\n').length - 2 });
    const answer = answered(record.id, record.range, Array.from({ length: 6 }, () => words(100)).join('\n\n'));
    return store.put({ ...record, symbol: `symbol${index}`, turns: [{ answer }] });
  });
  await Promise.all(writing);
  await store.close();
}

async function listing(folder: string): Promise<number> {
  const { store } = windowOn(folder);
  const start = performance.now();
  const all = await store.list();
  const time = performance.now() - start;
  if (all.length !== count) throw new Error(`${all.length} of ${count} explanations are listed.`);
  await store.close();
  return time;
}

async function reading(folder: string): Promise<number> {
  const below = path.join(folder, 'explanations/a');
  const start = performance.now();
  for (const file of await readdir(below)) await readFile(path.join(below, file));
  return performance.now() - start;
}
