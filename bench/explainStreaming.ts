/** An explanation in VS Code: from its first words on the wire to the words on the screen, and typing while a long one streams. */
import { setTimeout as pause } from 'node:timers/promises';
import { type BareService, bareService } from './edits/bareService.ts';
import { quantile } from './edits/quantile.ts';
import { idle, keys, type Run, type Runs, rounds, typed, typingRows } from './edits/typing.ts';
import { type BenchWindow, withWindow } from './edits/window.ts';
import { type Bench, median, type Row } from './row.ts';

const samplesPerRound = 12;
/** Milliseconds above the control. */
const bar = 50;
const words = 5_000;
const last = 'That is the end of it.';
/** Two words each. */
const pieces = [...Array.from({ length: words / 2 }, (_, at) => `some words${at % 40 === 39 ? '.\n\n' : ' '}`), last];

const lines = Array.from({ length: 200 }, (_, at) => `const value${at} = compute(${at});`);
const text = `${lines.join('\n')}\n`;
/** Counted from 0; what is typed stands above. */
const explained = 10;

export const bench: Bench = {
  title: `First words of an explanation, and ${keys} keys while one of ${words.toLocaleString('en')} words streams`,
  run: () => withWindow(text, async (window) => [...(await firstWords(window)), ...(await typing(window))]),
};

async function firstWords(window: BenchWindow): Promise<readonly Row[]> {
  const service = await bareService();
  try {
    const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
    // The first of each loads what it needs.
    for (let sample = -2; sample < rounds * samplesPerRound; sample++) {
      const [ours, bare] = [await ourWords(window, 1_000 + sample), await bareWords(window, service, 1_000 + sample)];
      if (sample < 0) continue;
      times.ours.push(ours);
      times.bare.push(bare);
    }
    return [
      row('wire to painted words, p90', quantile(times.ours, 0.9), quantile(times.bare, 0.9)),
      row('  median', median(times.ours), median(times.bare), bar),
    ];
  } finally {
    service.close();
  }
}

/** By Refresh: the store has an answer from before. */
async function ourWords(window: BenchWindow, sample: number): Promise<number> {
  const mark = `marked${sample}`;
  window.demo.use({ text: 'It said nothing.' });
  await ask(window, explained);
  await window.threads.locator('.comment-body').filter({ hasText: /said/ }).waitFor();
  await window.goto(explained + 1);
  const { promise, resolve } = Promise.withResolvers<void>();
  // The first piece says nothing, the second one is held back.
  window.demo.use({ text: ['', `${mark} is said.`], delay: 0, hold: promise });
  const seen = await painted(window, mark);
  const before = window.demo.requests.length;
  await window.ask('command', 'gloss.explain.refresh');
  while (window.demo.requests.length === before) await pause(1);
  await pause(400);
  const released = window.pageTime(performance.now());
  resolve();
  const time = (await seen()) - released;
  await pause(300);
  await window.ask('command', 'gloss.explain.dismissAll');
  await gone(window);
  return time;
}

async function ask(window: BenchWindow, line: number): Promise<void> {
  const range = { start: { line, character: 0 }, end: { line, character: lines[line]?.length ?? 0 } };
  await window.ask('command', 'gloss.explainHere', { uri: await window.ask<string>('uri'), range });
}

async function bareWords(window: BenchWindow, service: BareService, sample: number): Promise<number> {
  const mark = `bare${sample}`;
  const seen = await painted(window, mark);
  const written = window.ask('comment', service.url, `${mark} is said.`, explained);
  await service.asked();
  await pause(400);
  const released = window.pageTime(service.send());
  const time = (await seen()) - released;
  await written;
  await window.ask('uncomment');
  await gone(window);
  return time;
}

/** Resolves to the page's time at which a thread said it. */
async function painted({ page }: BenchWindow, mark: string): Promise<() => Promise<number>> {
  await page.evaluate((part) => {
    const found = Promise.withResolvers<number>();
    const look = (): void => {
      const bodies = [...document.querySelectorAll('.review-widget .comment-body')];
      if (!bodies.some((body) => body.textContent?.includes(part))) return;
      observer.disconnect();
      found.resolve(performance.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { glossBenchPainted: found.promise });
  }, mark);
  return () => page.evaluate(() => Reflect.get(globalThis, 'glossBenchPainted') as Promise<number>);
}

async function gone({ threads, page }: BenchWindow): Promise<void> {
  await threads.first().waitFor({ state: 'detached' });
  await page.waitForTimeout(150);
}

async function typing(window: BenchWindow): Promise<readonly Row[]> {
  const all: Runs = { streaming: [], alone: [], idle: [] };
  await run(window, 100, 'alone');
  for (let round = 0; round < rounds; round++) {
    all.idle.push(await idle(window));
    all.alone.push(await run(window, keys, 'alone'));
    all.streaming.push(await run(window, keys, 'streaming', explained + 1 + round));
  }
  return typingRows(all);
}

async function run(window: BenchWindow, count: number, kind: keyof Runs, line = explained): Promise<Run> {
  const body = window.threads.locator('.comment-body').first();
  if (kind === 'streaming') {
    window.demo.use({ text: pieces, delay: 24 });
    await ask(window, line);
    await body.filter({ hasText: 'some words' }).waitFor();
  }
  await window.goto(3);
  await window.ask('watch');
  const times = await typed(window, count);
  const delays = await window.ask<Run['delays']>('delays');
  if (kind === 'streaming') {
    if ((await body.textContent())?.includes(last)) throw new Error('The answer ended before the typing did.');
    await window.ask('command', 'gloss.explain.dismissAll');
    await gone(window);
  }
  await window.command('File: Revert File');
  for (let tries = 0; tries < 100 && (await window.ask<string>('text')) !== text; tries++) await pause(50);
  await pause(1_000);
  return { times, delays };
}

function row(figure: string, ours: number, control: number, most?: number): Row {
  const result = ours - control;
  return {
    figure: `${figure}, ms (${rounds * samplesPerRound} samples in ${rounds} rounds)`,
    ours: ours.toFixed(1),
    control: `${control.toFixed(1)} (a bare thread)`,
    result: `${result < 0 ? '' : '+'}${result.toFixed(1)}`,
    bar: most === undefined ? '' : `at most +${most} ms`,
    held: most === undefined || result <= most,
  };
}
