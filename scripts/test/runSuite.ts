/** Runs one suite or preparation to its end, shows what it says, and counts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../places.ts';
import { endGroup } from '../processes.ts';
import { filesAgain, together } from './again.ts';
import type { Counts, Finished } from './counts.ts';
import type { Channel } from './display.ts';
import { type Preparation, reportFile, type Suite } from './suites.ts';

/** A suite that has not ended after this many milliseconds hangs. */
const longestRun = 1_200_000;

/** @param missing the names of what it needs and what failed. */
export async function runEntry(
  entry: Suite | Preparation,
  missing: readonly string[],
  channel: Channel,
  signal: AbortSignal,
): Promise<Counts> {
  const started = performance.now();
  const counts = await outcomeOf(entry, missing, channel, signal).catch((error: unknown) => {
    channel.write(`${error instanceof Error ? error.message : error}\n`);
    return { passed: 0, failed: 1 };
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const mark = counts.failed === 0 ? '✓' : '✗';
  const sum =
    entry.kind === 'suite' || counts.failed > 0 ? `${counts.passed} passed, ${counts.failed} failed` : 'ready';
  channel.close(`${mark} ${entry.title}: ${sum} (${seconds} s)`);
  return counts;
}

async function outcomeOf(
  entry: Suite | Preparation,
  missing: readonly string[],
  channel: Channel,
  signal: AbortSignal,
): Promise<Counts> {
  signal.throwIfAborted();
  if (missing.length > 0) throw new Error(`Not run: it needs ${missing.join(', ')}, which failed.`);
  if (entry.kind === 'suite') return suiteCounts(entry, channel, signal);
  await entry.prepare((step) => channel.write(`${step}\n`));
  return { passed: 0, failed: 0 };
}

async function suiteCounts(suite: Suite, channel: Channel, signal: AbortSignal): Promise<Counts> {
  const finished = await runSuite(suite, channel, signal);
  const counts = suite.read(finished);
  const files = suite.isRepeated === true && counts.failed > 0 ? filesAgain(finished) : [];
  if (files.length === 0) return counts;
  const names = files.map(({ name }) => path.basename(name));
  channel.write(`\nFailed, and run once more: ${names.join(', ')}\n`);
  const second = suite.read(await runSuite({ ...suite, command: [...suite.command, ...names] }, channel, signal));
  return together(counts, files, second);
}

async function runSuite(suite: Suite, channel: Channel, signal: AbortSignal): Promise<Finished> {
  const report = reportFile(suite.name);
  await mkdir(path.dirname(report), { recursive: true });
  await rm(report, { force: true });
  const leash = path.join(root, 'scripts', 'leash.ts');
  const child = spawn(process.execPath, [leash, ...suite.command], {
    cwd: root,
    env: { ...process.env, ...colours(), ...suite.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      parts.push(text);
      channel.write(text);
    });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(longestRun)]);
  const end = () => void endGroup(child);
  limit.addEventListener('abort', end, { once: true });
  const [code] = await once(child, 'close');
  limit.removeEventListener('abort', end);
  if (limit.aborted && !signal.aborted)
    channel.write(`It was still running after ${longestRun / 1000} s, and was ended.\n`);
  const output = stripVTControlCharacters(parts.join(''));
  return { output, code: code ?? undefined, report: await readFile(report, 'utf8').catch(() => undefined) };
}

/** The programs see a pipe: they are told what the person sees. */
function colours(): Readonly<Record<string, string | undefined>> {
  return process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1', FORCE_COLOR: undefined };
}
