/** R38 to R41, S37: what was spent in a day is counted over windows, restarts and servers that are killed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { random as randomFrom, scaled } from '../../../test/harness/scale.ts';
import type { Journal } from '../ports.ts';
import { createJournal } from '../system/journals.ts';
import { createSpend, dayOf } from './spend.ts';

const base = mkdtempSync(path.join(tmpdir(), 'gloss-spend-'));
const open: ReturnType<typeof createSpend>[] = [];
afterAll(async () => {
  for (const spend of open) await spend.close();
  rmSync(base, { recursive: true, force: true });
});

let folders = 0;
const fresh = () => path.join(base, String(folders++));
const warnings: string[] = [];
const log = {
  clean: (text: string) => text,
  debug() {},
  info() {},
  warn: (text: string) => void warnings.push(text),
  error() {},
};
const noon = new Date(2026, 2, 14, 12);
const today = '2026-03-14';
let ids = 0;

function window(
  folder: string,
  now = noon,
  journal: Journal = createJournal(folder, 'spend', log),
): ReturnType<typeof createSpend> {
  const spend = createSpend({ journal, log, now: () => now, random: () => `id${ids++}` });
  open.push(spend);
  return spend;
}

const closed = async (spend: ReturnType<typeof createSpend>) => spend.close();

test('what is added counts in every window and after every restart, each day by itself', async () => {
  const folder = fresh();
  const [one, other] = [window(folder), window(folder)];
  await one.add(today, 0.5, 1_000);
  await other.add(today, 0.25, 500);
  await other.add('2026-03-13', 7, 1);
  for (const spend of [one, other, window(folder)])
    expect(await spend.ofDay(today)).toEqual({ dollars: 0.75, tokens: 1_500, answers: 2, unpriced: 0 });
});

test('a price that is not known is counted as unknown, also after a restart', async () => {
  const folder = fresh();
  await window(folder).add(today, undefined, 300);
  expect(await window(folder).ofDay(today)).toEqual({ dollars: 0, tokens: 300, answers: 1, unpriced: 1 });
});

test('R38: what the disk does not take is counted at once, and written with the next', async () => {
  const folder = fresh();
  const journal = createJournal(folder, 'spend', log);
  let isFull = true;
  const append: Journal['append'] = (records) =>
    isFull ? Promise.reject(new Error('disk full')) : journal.append(records);
  const spend = window(folder, noon, { ...journal, append });
  await spend.add(today, 1, 10);
  expect(warnings).toEqual([expect.stringContaining('disk full')]);
  expect((await spend.ofDay(today)).dollars).toBe(1);
  isFull = false;
  await spend.add(today, 2, 10);
  expect((await window(folder).ofDay(today)).dollars).toBe(3);
});

test('R46: old days go, and the files of many sessions become one, without losing or doubling anything', async () => {
  const folder = fresh();
  for (let day = 1; day <= 9; day++) {
    const spend = window(folder, new Date(2026, 2, day));
    await spend.add(dayOf(new Date(2026, 2, day)), day, 1);
    await closed(spend);
  }
  const spend = window(folder, new Date(2026, 2, 10));
  expect((await spend.ofDay('2026-03-09')).dollars).toBe(9);
  const files = () => readdirSync(path.join(folder, 'spend')).length;
  expect(files()).toBe(1);
  await closed(spend);
  const later = window(folder, new Date(2026, 2, 10));
  const days = ['2026-03-07', '2026-03-08', '2026-03-09'].map(async (day) => (await later.ofDay(day)).dollars);
  expect([await Promise.all(days), await later.ofDay('2026-03-10')]).toEqual([
    ...[[0, 8, 9], { dollars: 0, tokens: 0, answers: 0, unpriced: 0 }],
  ]);
});

test('S37: 300 records that no Gloss has written give no money back', async () => {
  const folder = fresh();
  const journal = createJournal(folder, 'spend', log);
  const next = randomFrom();
  const pieces = ['1', '"x"', `"${today}"`, '-5', '-1e308', '1e999', 'null', 'true', '{}', '[]', '"-3"', '2'];
  const piece = () => pieces[Math.floor(next() * pieces.length)] ?? '0';
  const heads = Array.from({ length: 298 }, () => `[1,"forged","${today}",${piece()},${piece()}]`);
  await journal.append([...heads, 'nonsense', '[1,2'].map((head) => ({ head, body: new Uint8Array() })));
  await journal.close();
  const spend = window(folder);
  await spend.add(today, 1, 1);
  expect((await spend.ofDay(today)).dollars).toBeGreaterThanOrEqual(1);
  expect((await spend.ofDay(today)).tokens).toBeGreaterThanOrEqual(1);
});

test(`R39: in ${scaled(100)} servers that are killed with -9 nothing is lost that was acknowledged, and nothing counts twice`, {
  timeout: 300_000,
}, async () => {
  const folder = fresh();
  const next = randomFrom();
  let [acknowledged, begun] = [0, 0];
  for (let run = 0; run < scaled(100); run++) {
    const told = await killed(folder, Math.floor(next() * 30));
    acknowledged += told.done;
    begun += told.begun;
    const { answers, dollars } = await window(folder).ofDay(today);
    expect(answers).toBeGreaterThanOrEqual(acknowledged);
    expect(answers).toBeLessThanOrEqual(begun);
    expect(dollars).toBe(answers);
    // What was on its way may be there or not; what is there stays.
    [acknowledged, begun] = [answers, answers];
  }
});

/** A server that adds a dollar after the other, and is killed when it has told of so many. */
async function killed(folder: string, after: number): Promise<{ done: number; begun: number }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += String(text);
    if (output.split('done').length > after) child.kill('SIGKILL');
  });
  await new Promise<void>((resolve) => void child.once('close', () => resolve()));
  const count = (word: string) => output.split(word).length - 1;
  return { done: count('done'), begun: count('done') + 1 };
}

const script = (folder: string): string => `
  import { createJournal } from ${JSON.stringify(path.resolve(import.meta.dirname, '../system/journals.ts'))};
  import { createSpend } from ${JSON.stringify(path.resolve(import.meta.dirname, 'spend.ts'))};
  const log = { clean: (text) => text, debug() {}, info() {}, warn: console.error, error() {} };
  const journal = createJournal(${JSON.stringify(folder)}, 'spend', log);
  const now = () => new Date(2026, 2, 14, 12);
  const spend = createSpend({ journal, log, now, random: () => crypto.randomUUID() });
  for (;;) {
    await spend.add('${today}', 1, 1);
    console.log('done');
  }`;
