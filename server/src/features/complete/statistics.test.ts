/** The counts of many sessions: none is lost or counts twice when their files are put together. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createJournal } from '../../system/journals.ts';
import { createStatistics } from './statistics.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'gloss-statistics-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const log = { clean: (text: string) => text, debug() {}, info() {}, warn() {}, error() {} };
let ids = 0;
const session = () =>
  createStatistics({
    journal: createJournal(folder, 'statistics', log),
    log,
    now: () => new Date(Date.UTC(2026, 2, 14) + ids * 1_000),
    random: () => `id${ids++}`,
  });

const files = (): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length;

test('R38: files of earlier sessions are put together, and every session counts once', async () => {
  const sessions = 12;
  for (let number = 0; number < sessions; number++) {
    const own = session();
    own.add((counts) => {
      counts.requests += 1;
      counts.filters['fences'] = (counts.filters['fences'] ?? 0) + 1;
    });
    await own.close();
  }
  const [before, last] = [files(), session()];
  expect(before).toBeGreaterThan(6);
  for (let time = 0; time < 2; time++)
    expect(await last.read()).toMatchObject({ requests: sessions, filters: { fences: sessions } });
  await last.close();
  expect(files()).toBeLessThan(before);
  const later = session();
  expect(await later.read()).toMatchObject({ requests: sessions });
  await later.reset();
  await later.close();
  const after = session();
  expect(await after.read()).toMatchObject({ requests: 0, filters: {} });
  await after.close();
});
