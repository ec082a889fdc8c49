/** Typing in VS Code while the chat panel beside the editor shows a long answer that streams as fast as it can be read, and how long the panel stands still meanwhile. */
import { setTimeout as pause } from 'node:timers/promises';
import { idle, keys, type Run, type Runs, rounds, typed, typingRows } from './edits/typing.ts';
import { type BenchWindow, withWindow } from './edits/window.ts';
import { manyMarkdown } from './panel/markdown.ts';
import { type Bench, median, type Row } from './row.ts';

const size = 5_000_000;
/** UTF-16 code units of a delta: hundreds a second are a hundred times of what a model writes, and last as long as the typing. */
const piece = 128;
/** Milliseconds above the control. */
const bar = 100;
const last = 'That is the end of it.';
const answer = `${manyMarkdown(size)}\n\`\`\`\n\n${last}\n`;
const pieces = Array.from({ length: Math.ceil(answer.length / piece) }, (_, at) =>
  answer.slice(at * piece, (at + 1) * piece),
);

const lines = Array.from({ length: 200 }, (_, at) => `const value${at} = compute(${at});`);
const text = `${lines.join('\n')}\n`;

export const bench: Bench = {
  title: `${keys} keys while the chat panel shows an answer of ${size / 1e6} MB that streams`,
  run: () =>
    withWindow(text, async (window) => {
      const all: Runs = { streaming: [], alone: [], idle: [] };
      const freezes: Record<'streaming' | 'alone' | 'whole', number[]> = { streaming: [], alone: [], whole: [] };
      await window.command('Gloss: Open Chat');
      await field(window).waitFor({ timeout: 60_000 });
      await run(window, 100, 'alone');
      for (let round = 0; round < rounds; round++) {
        all.idle.push(await idle(window));
        for (const kind of ['alone', 'streaming'] as const) {
          const { freeze, ...one } = await run(window, keys, kind);
          all[kind].push(one);
          freezes[kind].push(freeze);
        }
        freezes.whole.push(await atOnce(window));
      }
      return [
        ...typingRows(all),
        freezeRow('the panel stands still meanwhile, the longest', freezes.streaming, freezes.alone),
        freezeRow('  while all of it comes at once', freezes.whole, freezes.alone),
      ];
    }),
};

async function run(
  window: BenchWindow,
  count: number,
  kind: 'streaming' | 'alone',
): Promise<Run & { readonly freeze: number }> {
  if (kind === 'streaming') await ask(window, 1);
  await editorFocused(window);
  await window.goto(3);
  const frozen = await watchFreezes(window);
  await window.ask('watch');
  const times = await typed(window, count);
  const delays = await window.ask<Run['delays']>('delays');
  const freeze = await frozen();
  if (kind === 'streaming') {
    if ((await window.webview().getByText(last).count()) > 0)
      throw new Error('The answer ended before the typing did.');
    await newChat(window);
    await editorFocused(window);
  }
  await window.command('File: Revert File');
  for (let tries = 0; tries < 100 && (await window.ask<string>('text')) !== text; tries++) await pause(50);
  await pause(1_000);
  return { times, delays, freeze };
}

/** The whole answer without a pause in it. */
async function atOnce(window: BenchWindow): Promise<number> {
  const frozen = await watchFreezes(window);
  await ask(window, 0);
  await window.webview().getByText(last).first().waitFor({ timeout: 120_000 });
  const freeze = await frozen();
  await newChat(window);
  return freeze;
}

async function ask(window: BenchWindow, delay: number): Promise<void> {
  window.demo.use({ text: pieces, delay });
  await window.command('Gloss: Focus Chat Input');
  await field(window).fill('Tell me all of it.');
  await field(window).press('Enter');
  await window.webview().locator('.markdown').first().waitFor();
}

/** The one before is stopped: nobody looks at it, and it would go on. */
async function newChat(window: BenchWindow): Promise<void> {
  const stop = window.webview().getByRole('button', { name: 'Stop' });
  if ((await stop.count()) > 0) await stop.first().dispatchEvent('click');
  await stop.first().waitFor({ state: 'hidden' });
  await window.command('Gloss: New Chat');
  await window.webview().locator('.markdown').first().waitFor({ state: 'detached' });
}

const field = (window: BenchWindow) => window.webview().getByRole('textbox').first();

async function editorFocused(window: BenchWindow): Promise<void> {
  await window.editor.locator('.view-line').first().click();
}

/** Resolves to the longest time between two turns of the panel's event loop, in milliseconds. */
async function watchFreezes(window: BenchWindow): Promise<() => Promise<number>> {
  const body = window.webview().locator('body');
  await body.evaluate(() => {
    let longest = 0;
    let before = performance.now();
    const { port1, port2 } = new MessageChannel();
    const timer = setInterval(() => port2.postMessage(0), 8);
    port1.onmessage = () => {
      longest = Math.max(longest, performance.now() - before);
      before = performance.now();
    };
    const stop = (): number => {
      clearInterval(timer);
      port1.close();
      return longest;
    };
    Object.assign(globalThis, { glossBenchFrozen: stop });
  });
  return () => body.evaluate(() => (Reflect.get(globalThis, 'glossBenchFrozen') as () => number)());
}

function freezeRow(figure: string, ours: readonly number[], control: readonly number[]): Row {
  const above = median(ours) - median(control);
  return {
    figure: `${figure}, ms (median of ${rounds} rounds)`,
    ours: median(ours).toFixed(0),
    control: `${median(control).toFixed(0)} (nothing streams)`,
    result: `${above < 0 ? '' : '+'}${above.toFixed(0)}`,
    bar: `at most +${bar} ms`,
    held: above <= bar,
  };
}
