/** Typing in VS Code while a long rewrite streams into the same file elsewhere, beside the same typing without it. */
import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from './edits/quantile.ts';
import { replacement } from './edits/scripts.ts';
import { type BenchWindow, file, withWindow } from './edits/window.ts';
import { type Bench, median, type Row } from './row.ts';

const rounds = 5;
const keys = 500;
/** Milliseconds between two keys: a fast typist's burst. */
const gap = 25;
const bar = { typing: 1.25, loop: 8 };

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
      const all: Record<'streaming' | 'alone' | 'idle', Run[]> = { streaming: [], alone: [], idle: [] };
      await run(window, 100, 'alone');
      for (let round = 0; round < rounds; round++) {
        all.idle.push(await idle(window));
        all.alone.push(await run(window, keys, 'alone'));
        all.streaming.push(await run(window, keys, 'streaming'));
      }
      return rows(all);
    }),
};

interface Run {
  /** Milliseconds from each keydown to the frame that shows it. */
  readonly times: readonly number[];
  /** Of the extension host's event loop, in milliseconds. */
  readonly delays: { readonly p50: number; readonly p99: number };
}

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

async function idle(window: BenchWindow): Promise<Run> {
  await window.ask('watch');
  await pause((keys * gap) / 2);
  return { times: [], delays: await window.ask<Run['delays']>('delays') };
}

async function startRewrite(window: BenchWindow): Promise<unknown> {
  const next = lines.map((old, at) => (at % 10 === 0 ? old : longer(at)));
  const call = replacement(file, lines.join('\n'), next.join('\n'));
  window.demo.use({ text: '', delay: 4, pieceSize: 16, toolUses: [call] });
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

/** A key has been painted when the frame after it is done: a message that is sent in the frame comes right behind it. */
async function typed({ page }: BenchWindow, count: number): Promise<readonly number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    const onKey = ({ timeStamp }: KeyboardEvent): void => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => times.push(performance.now() - timeStamp);
      requestAnimationFrame(() => port2.postMessage(0));
    };
    addEventListener('keydown', onKey, true);
    const typed = (): readonly number[] => {
      removeEventListener('keydown', onKey, true);
      return times;
    };
    Object.assign(globalThis, { glossBenchTyped: typed });
  });
  const letters = 'the quick brown fox jumps over the lazy dog ';
  for (let key = 0; key < count; key++) {
    const due = performance.now() + gap;
    const letter = letters[key % letters.length] ?? ' ';
    await page.keyboard.press(letter === ' ' ? 'Space' : letter);
    await pause(Math.max(0, due - performance.now()));
  }
  await page.waitForTimeout(200);
  return page.evaluate(() => (Reflect.get(globalThis, 'glossBenchTyped') as () => number[])());
}

function rows({ streaming, alone, idle }: Record<'streaming' | 'alone' | 'idle', Run[]>): readonly Row[] {
  const [own, control] = [streaming, alone].map((runs) => runs.flatMap(({ times }) => times));
  if (own === undefined || control === undefined || own.length < (rounds * keys * 9) / 10)
    throw new Error(`Only ${own?.length} keys were seen.`);
  const p99 = (runs: readonly Run[]) => median(runs.map(({ delays }) => delays.p99));
  const ratio = (share: number) => quantile(own, share) / quantile(control, share);
  const typing = (figure: string, share: number, most?: number): Row => ({
    figure: `${figure}, ms (${own.length} keys in ${rounds} rounds)`,
    ours: quantile(own, share).toFixed(1),
    control: `${quantile(control, share).toFixed(1)} (the same typing alone)`,
    result: `${ratio(share).toFixed(2)}x`,
    bar: most === undefined ? '' : `at most ${most}x`,
    held: most === undefined || ratio(share) <= most,
  });
  const loop = (figure: string, runs: readonly Run[], most?: number): Row => {
    const more = p99(runs) - p99(idle);
    const held = most === undefined || more <= most;
    return {
      figure: `${figure}, p99, ms`,
      ours: p99(runs).toFixed(1),
      control: `${p99(idle).toFixed(1)} (idle)`,
      result: `+${more.toFixed(1)}`,
      bar: most === undefined ? '' : `at most +${most} ms`,
      held,
    };
  };
  return [
    typing('keydown to paint, p99', 0.99, bar.typing),
    typing('  median', 0.5),
    loop('event loop of the extension host while it streams', streaming, bar.loop),
    loop('  while only keys come', alone),
  ];
}
