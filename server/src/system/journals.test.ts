/** S37, R38 to R41: what a journal has acknowledged is there, whatever happens to the disk, the files and the processes. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { failing, failureCodes } from '../../../test/harness/failingDisk.ts';
import { random, scaled } from '../../../test/harness/scale.ts';
import { type Journal, Refusal } from '../ports.ts';
import { type JournalIo, systemIo } from './journalFiles.ts';
import { encoded, recordsIn, signature } from './journalFormat.ts';
import { createJournal } from './journals.ts';

const base = mkdtempSync(path.join(tmpdir(), 'gloss-journal-'));
afterAll(async () => {
  for (const journal of journals) await journal.close();
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
const journals: Journal[] = [];
function journalIn(folder: string, io?: JournalIo): Journal {
  const journal = createJournal(folder, 'notes', log, io);
  journals.push(journal);
  return journal;
}

const record = (head: string) => ({ head, body: Buffer.from(`body of ${head}`) });

/** Every record that a journal opened now finds, each with the right body. */
async function heads(folder: string): Promise<readonly string[]> {
  const journal = journalIn(folder);
  const entries = await journal.news();
  for (const { head, place } of entries)
    expect(Buffer.from((await journal.body(place)) ?? []).toString()).toBe(`body of ${head}`);
  await journal.close();
  return entries.map(({ head }) => head);
}

async function written(folder: string, ...names: readonly string[]): Promise<Journal> {
  const journal = journalIn(folder);
  for (const name of names) await journal.append([record(name)]);
  return journal;
}

test('what was written is told to others once, and what comes later when it is there', async () => {
  const folder = fresh();
  const [one, other] = [journalIn(folder), journalIn(folder)];
  expect(await one.news()).toEqual([]);
  await one.append([record('a'), record('b')]);
  const told = async () => (await other.news()).map(({ head }) => head);
  expect([await told(), await told()]).toEqual([['a', 'b'], []]);
  await one.append([record('c')]);
  expect([await told(), await one.news()]).toEqual([['c'], []]);
});

test('S37: folders are 0700 and files 0600 under umask 000', async () => {
  const folder = fresh();
  const before = process.umask(0);
  try {
    await written(folder, 'a');
  } finally {
    process.umask(before);
  }
  const modes = [folder, path.join(folder, 'notes'), path.join(folder, 'notes', files(folder)[0] ?? '')];
  expect(modes.map((name) => (statSync(name).mode & 0o777).toString(8))).toEqual(['700', '700', '600']);
});

const files = (folder: string) => readdirSync(path.join(folder, 'notes')).sort();

test('R39: what is no journal is kept aside with one notice, a link is not followed, the others are read', async () => {
  const folder = fresh();
  const journal = await written(folder, 'a');
  const [name = ''] = files(folder);
  writeFileSync(path.join(folder, 'notes', 'bad.journal'), 'something else');
  writeFileSync(path.join(folder, 'notes', 'empty.journal'), '');
  writeFileSync(path.join(folder, 'notes', 'newer.journal'), 'GLOSSJ2\nwhatever');
  symlinkSync(name, path.join(folder, 'notes', 'link.journal'));
  warnings.length = 0;
  const other = journalIn(folder);
  expect((await other.news()).map(({ head }) => head)).toEqual(['a']);
  await other.news();
  expect(warnings.filter((text) => text.includes('bad.journal'))).toHaveLength(1);
  expect(warnings).toHaveLength(3);
  expect(files(folder)).toContain('bad.journal.unreadable');
  expect(readFileSync(path.join(folder, 'notes', 'bad.journal.unreadable'), 'utf8')).toBe('something else');
  await journal.close();
});

test('R39: whatever is changed in a file, records that were not touched are found, and none is made up', async () => {
  const next = random();
  const pick = (count: number) => Math.floor(next() * count);
  const whole = Array.from({ length: 12 }, (_, index) => encoded(record(`record ${index} ${'x'.repeat(pick(60))}`)));
  const text = Buffer.concat(whole);
  const known = new Set(recordsIn(text, 0).records.map(({ head }) => head));
  expect(known.size).toBe(12);
  const starts = whole.map((_, index) => whole.slice(0, index).reduce((sum, { length }) => sum + length, 0));
  for (let round = 0; round < scaled(5_000); round++) {
    const start = pick(text.length);
    const end = Math.min(text.length, start + 1 + pick(pick(2) === 0 ? 4 : 400));
    const noise = Buffer.from(Array.from({ length: pick(3) === 0 ? 0 : pick(40) }, () => pick(256)));
    const isCut = pick(5) === 0;
    const changed = isCut
      ? text.subarray(0, start)
      : Buffer.concat([text.subarray(0, start), noise, text.subarray(end)]);
    const found = recordsIn(changed, 0).records.map(({ head }) => head);
    expect(found.filter((head) => !known.has(head))).toEqual([]);
    const untouched = whole.flatMap((bytes, index) => {
      const at = starts[index] ?? 0;
      const isAway = at + bytes.length <= start || (!isCut && at >= end);
      return isAway ? [recordsIn(bytes, 0).records[0]?.head] : [];
    });
    expect(untouched.filter((head) => !found.includes(head ?? ''))).toEqual([]);
  }
});

test('R39: a record that is half written hides none, and is told when the rest is there', async () => {
  const folder = fresh();
  const journal = await written(folder, 'a');
  const late = encoded(record('late'));
  const file = path.join(folder, 'notes', `00000000-1-000000000000-0.journal`);
  const other = journalIn(folder);
  const told = async () => (await other.news()).map(({ head }) => head);
  for (let size = 0; size < late.length; size += 7) {
    writeFileSync(file, Buffer.concat([signature, encoded(record('b')), late.subarray(0, size)]));
    expect(await told()).toEqual(size === 0 ? ['b', 'a'] : []);
  }
  writeFileSync(file, Buffer.concat([signature, encoded(record('b')), late]));
  expect(await told()).toEqual(['late']);
  await journal.close();
});

test('compacting drops what is not wanted from own and abandoned files, and leaves those of the living alone', async () => {
  const folder = fresh();
  const dead = await written(folder, 'a', 'b', 'c');
  await dead.close();
  const living = await written(folder, 'live');
  const mine = await written(folder, 'd', 'e');
  const place = new Map((await mine.news()).map((entry) => [entry.head, entry.place]));
  const before = files(folder);
  await mine.compact(
    ({ head }) => head === 'b' || head === 'e',
    ({ head }, now) => void place.set(head, now),
  );
  expect((await heads(folder)).toSorted()).toEqual(['b', 'e', 'live']);
  expect(files(folder).filter((file) => before.includes(file))).toHaveLength(1);
  const again = place.get('b');
  expect(again === undefined ? '' : String(await mine.body(again))).toBe('body of b');
  await living.append([record('live too')]);
  expect((await heads(folder)).toSorted()).toEqual(['b', 'e', 'live', 'live too']);
});

test('R40: a writer that was taken for dead writes what it has acknowledged again', async () => {
  const folder = fresh();
  const writer = await written(folder, 'a');
  const [name = ''] = files(folder);
  await systemIo.rename(path.join(folder, 'notes', name), path.join(folder, 'notes', `taken-${name}`));
  await writer.append([record('b')]);
  rmSync(path.join(folder, 'notes', `taken-${name}`));
  expect(await heads(folder)).toEqual(['b']);
});

/** Writes, is read, compacts and writes on; what could not be written is written once more. Gives the acknowledged heads. */
async function story(folder: string, io: JournalIo): Promise<{ acknowledged: string[]; refused: Refusal[] }> {
  const journal = journalIn(folder, io);
  const [acknowledged, refused]: [string[], Refusal[]] = [[], []];
  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    try {
      await act();
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(error);
      return false;
    }
  };
  const write = async (head: string) => {
    const act = () => journal.append([record(head)]);
    if ((await attempt(act)) || (await attempt(act))) acknowledged.push(head);
  };
  await journal.news();
  await write('a');
  await write('b');
  await attempt(() =>
    journal.compact(
      () => true,
      () => undefined,
    ),
  );
  await write('c');
  await journal.ownSize().catch(() => undefined);
  await journal.close();
  return { acknowledged, refused };
}

test('R38: each call of the system fails in each way: it is told in words, nothing acknowledged is lost, and writing goes on', async () => {
  const counting = failing(-1, '');
  await story(fresh(), counting.io);
  expect(counting.calls()).toBeGreaterThan(20);
  let refusals = 0;
  for (let at = 0; at < counting.calls(); at++)
    for (const code of failureCodes.slice(0, Math.max(2, scaled(failureCodes.length)))) {
      const folder = fresh();
      const old = await written(folder, 'old');
      await old.close();
      const { acknowledged, refused } = await story(folder, failing(at, code).io);
      expect(acknowledged, `${code} at call ${at}`).toEqual(['a', 'b', 'c']);
      const found = new Set(await heads(folder));
      expect([...acknowledged, 'old'].filter((head) => !found.has(head), `${code} at call ${at}`)).toEqual([]);
      refusals += refused.length;
      for (const { message } of refused) expect(message).toMatch(/^Gloss could not use its storage in .+\. [A-Z]/);
    }
  expect(refusals).toBeGreaterThan(20);
});

const script = (folder: string, body: string) => `
  import { createJournal } from ${JSON.stringify(new URL('./journals.ts', import.meta.url).href)};
  const log = { clean: (text) => text, debug() {}, info() {}, warn() {}, error() {} };
  const journal = createJournal(${JSON.stringify(folder)}, 'notes', log);
  const record = (head) => ({ head, body: Buffer.from('body of ' + head) });
  ${body}`;

function runScript(source: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += String(text);
  });
  const ended = new Promise<string>((resolve) => child.once('close', () => resolve(output)));
  return { child, ended };
}

test('R40: eight processes write at once, and all that they wrote is there', { timeout: 300_000 }, async () => {
  const folder = fresh();
  const each = scaled(1_000);
  const writers = Array.from({ length: 8 }, (_, number) =>
    runScript(
      script(
        folder,
        `for (let turn = 0; turn < ${each}; turn++) {
          await journal.append([record('${number}-' + turn)]);
          if (turn % 25 === 24) { await journal.news(); await journal.compact(() => true, () => undefined); }
        }
        console.log('done');`,
      ),
    ),
  );
  expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual(Array(8).fill('done\n'));
  const found = new Set(await heads(folder));
  const expected = Array.from({ length: 8 }, (_, number) =>
    Array.from({ length: each }, (__, turn) => `${number}-${turn}`),
  );
  expect(expected.flat().filter((head) => !found.has(head))).toEqual([]);
});

test('R41: processes are killed while they write and compact, and every record that one has acknowledged is there', {
  timeout: 600_000,
}, async () => {
  const folder = fresh();
  const next = random();
  const acknowledged: string[] = [];
  const kill = async (number: number) => {
    const { child, ended } = runScript(
      script(
        folder,
        `await journal.news();
        for (let turn = 0; ; turn++) {
          const head = '${number}-' + turn;
          await journal.append([record(head)]);
          process.stdout.write(head + '\\n');
          if (turn % 10 === 5) await journal.compact(() => true, () => undefined);
        }`,
      ),
    );
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), next() * 60));
    acknowledged.push(...(await ended).split('\n').filter((head) => /^\d+-\d+$/.test(head)));
  };
  const kills = scaled(500);
  for (let number = 0; number < kills; number += 2) await Promise.all([kill(number), kill(number + 1)]);
  expect(acknowledged.length).toBeGreaterThan(kills);
  const found = new Set(await heads(folder));
  expect(acknowledged.filter((head) => !found.has(head))).toEqual([]);
});
