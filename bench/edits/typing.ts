/** Typing in a window by a fast typist's bursts: how long each key takes to be painted, beside the same typing without us. */
import { setTimeout as pause } from 'node:timers/promises';
import { median, type Row } from '../row.ts';
import { quantile } from './quantile.ts';
import type { BenchWindow } from './window.ts';

export const rounds = 5;
export const keys = 500;
/** Milliseconds between two keys, 150 words a minute. Keys that come faster than a page without a graphics card paints would wait in a queue, and that would be measured. */
const gap = 80;
const bar = { typing: 1.25, loop: 8 };

export interface Run {
  /** Milliseconds from each keydown to the frame that shows it. */
  readonly times: readonly number[];
  /** Of the extension host's event loop, in milliseconds. */
  readonly delays: { readonly p50: number; readonly p99: number };
}

/** `streaming`: while something is written; `alone`: the same keys and nothing else; `idle`: nothing at all. */
export type Runs = Record<'streaming' | 'alone' | 'idle', Run[]>;

export async function idle(window: BenchWindow): Promise<Run> {
  await window.ask('watch');
  await pause((keys * gap) / 2);
  return { times: [], delays: await window.ask<Run['delays']>('delays') };
}

/** A key has been painted when the frame after it is done: a message that is sent in the frame comes right behind it. */
export async function typed({ page }: BenchWindow, count: number): Promise<readonly number[]> {
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

export function typingRows({ streaming, alone, idle }: Runs): readonly Row[] {
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
