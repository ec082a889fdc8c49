/** Typing in VS Code while a long rewrite streams into the same file elsewhere, beside the same typing without it. */
import { setTimeout as pause } from 'node:timers/promises';
import { replacement } from './edits/scripts.ts';
import { idle, keys, type Run, type Runs, rounds, typed, typingRows } from './edits/typing.ts';
import { type BenchWindow, file, withWindow } from './edits/window.ts';
import type { Bench } from './row.ts';

/** Above the rewrite there are lines to type in. */
const above = 40;
const rewritten = 2_000;
/** Short ones, as they come first on the wire, and longer ones in their place. */
const lines = Array.from({ length: rewritten }, (_, at) => `a(${at});`);
const longer = (at: number) => `computed(${at}); // and so much text behind it that it takes its time`;
const head = Array.from({ length: above }, (_, at) => `// line ${at}`);
const text = `${[...head, ...lines].join('\n')}\n`;

export const bench: Bench = {
  title: `${keys} keys while ${rewritten.toLocaleString('en')} lines are rewritten in the same file`,
  run: () =>
    withWindow(text, async (window) => {
      const all: Runs = { streaming: [], alone: [], idle: [] };
      await run(window, 100, 'alone');
      for (let round = 0; round < rounds; round++) {
        all.idle.push(await idle(window));
        all.alone.push(await run(window, keys, 'alone'));
        all.streaming.push(await run(window, keys, 'streaming'));
      }
      return typingRows(all);
    }),
};

async function run(window: BenchWindow, count: number, kind: 'streaming' | 'alone'): Promise<Run> {
  const edited = kind === 'streaming' ? startRewrite(window) : undefined;
  if (edited !== undefined) await growing(window);
  await window.goto(3);
  await window.ask('watch');
  const times = await typed(window, count);
  const delays = await window.ask<Run['delays']>('delays');
  const isOver = (await window.ask<string>('text')).includes(`computed(${rewritten - 1})`);
  if (kind === 'streaming' && isOver) throw new Error('The rewrite ended before the typing did.');
  await window.ask('command', 'gloss.edit.stop');
  await edited?.catch(() => undefined);
  await window.ask('command', 'gloss.review.rejectAll');
  await window.command('File: Revert File');
  for (let tries = 0; tries < 100 && (await window.ask<string>('text')) !== text; tries++) await pause(50);
  await pause(1_000);
  return { times, delays };
}

async function startRewrite(window: BenchWindow): Promise<unknown> {
  const next = lines.map((old, at) => (at % 10 === 0 ? old : longer(at)));
  const call = replacement(file, lines.join('\n'), next.join('\n'));
  window.demo.use({ text: '', delay: 8, pieceSize: 16, toolUses: [call] });
  const range = { start: { line: above, character: 0 }, end: { line: above + rewritten, character: 0 } };
  const uri = await window.ask<string>('uri');
  return window.ask('command', 'gloss.edit.run', { action: 'instruct', instruction: 'Rename.', uri, range });
}

async function growing(window: BenchWindow): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    if ((await window.ask<string>('text')).includes('computed(1)')) return;
    await pause(50);
  }
  throw new Error('The rewrite did not begin.');
}
