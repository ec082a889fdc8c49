/** 5 MB of Markdown streamed into the chat panel's page at full speed, beside the same bytes appended as plain text; and 2,000 turns scrolled through. */
import type { Page } from 'playwright-core';
import type { ChatChange, Item } from '../shared/src/panel.ts';
import { openPanelPage, type PanelPage } from '../test/harness/panelPage.ts';
import { manyMarkdown, shortMarkdown } from './panel/markdown.ts';
import { type Bench, median, type Row } from './row.ts';

const rounds = 5;
const size = 5_000_000;
/** UTF-16 code units of one post. */
const step = 20_000;
const turns = 2_000;
/** Milliseconds above the control. */
const bar = 100;
/** Bytes of the page's heap for each byte of the text. */
const heapBar = 12;

const text = manyMarkdown(size);

export const bench: Bench = {
  title: `5 MB of Markdown in the chat panel at full speed, ${rounds} rounds, and ${turns.toLocaleString('en')} turns`,
  async run() {
    const ours: Streamed[] = [];
    const control: Streamed[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await streamed(true));
      control.push(await streamed(false));
    }
    const [longest, plainLongest] = [ours, control].map((runs) => median(runs.map((run) => run.longest)));
    const heap = median(ours.map((run) => run.heap)) / size;
    const plainHeap = median(control.map((run) => run.heap)) / size;
    return [
      row(
        `the page's thread for ${step.toLocaleString('en')} characters, the longest`,
        longest ?? 0,
        plainLongest ?? 0,
        bar,
      ),
      {
        figure: 'heap of the page after it, times the text',
        ours: heap.toFixed(1),
        control: plainHeap.toFixed(1),
        bar: `at most ${heapBar}`,
        result: heap.toFixed(1),
        held: heap <= heapBar,
      },
      row('the same for a turn of the wheel through the turns', await scrolled(), 0, bar),
    ];
  },
};

interface Streamed {
  /** Milliseconds. */
  readonly longest: number;
  /** Bytes. */
  readonly heap: number;
}

function row(figure: string, ours: number, control: number, most: number): Row {
  const above = ours - control;
  return {
    figure: `${figure} (ms)`,
    ours: ours.toFixed(0),
    control: control.toFixed(0),
    bar: `at most ${most} above`,
    result: `${above.toFixed(0)} above`,
    held: above <= most,
  };
}

/** @param isDrawn whether it is told as an answer; else its bytes are put on an empty page. */
async function streamed(isDrawn: boolean): Promise<Streamed> {
  const panel = await openPanelPage({ state: { running: true } });
  try {
    await panel.waitForAsked('gloss/chatOpen');
    const item: Item = { is: 'answer', id: 'a', length: 0, lines: 0 };
    if (isDrawn) await panel.change({ is: 'put', item });
    else await panel.page.evaluate(() => document.getElementById('root')?.replaceChildren());
    const passed = await threadTime(panel);
    let longest = 0;
    for (let from = 0; from < text.length; from += step) {
      const piece = text.slice(from, from + step);
      if (isDrawn) await panel.change({ is: 'text', id: 'a', from, text: piece } satisfies ChatChange);
      else await appended(panel.page, piece);
      longest = Math.max(longest, await passed());
    }
    return { longest, heap: await heapOf(panel) };
  } finally {
    await panel.close();
  }
}

async function appended(page: Page, piece: string): Promise<void> {
  await page.evaluate(
    (words) =>
      new Promise<void>((resolve) => {
        document.getElementById('root')?.replaceChildren(words);
        requestAnimationFrame(() => setTimeout(resolve));
      }),
    piece,
  );
}

async function scrolled(): Promise<number> {
  const at = '2026-03-01T10:00:00.000Z';
  const reply = shortMarkdown;
  const lines = reply.split('\n').length;
  const items = Array.from({ length: turns }, (_, index): Item[] => [
    { is: 'asked', id: `q${index}`, text: `Question ${index}`, chips: [], at },
    { is: 'answer', id: `a${index}`, length: reply.length, lines },
  ]).flat();
  const contents = Object.fromEntries(Array.from({ length: turns }, (_, index) => [`a${index}`, { text: reply }]));
  const panel = await openPanelPage({ items, contents });
  try {
    await panel.page.locator('.markdown').first().waitFor();
    await panel.page.waitForTimeout(1_000);
    await panel.page.locator('.transcript').hover();
    const passed = await threadTime(panel);
    let longest = 0;
    for (let turn = 0; turn < 60; turn += 1) {
      await panel.page.mouse.wheel(0, turn % 10 === 9 ? -40_000 : -1_200);
      await panel.page.waitForTimeout(30);
      longest = Math.max(longest, await passed());
    }
    return longest;
  } finally {
    await panel.close();
  }
}

/** Milliseconds of the page's own thread: what else the machine does is not in them. */
async function threadTime({ page, context }: PanelPage): Promise<() => Promise<number>> {
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const now = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  };
  let before = await now();
  return async () => {
    const time = await now();
    const passed = time - before;
    before = time;
    return passed;
  };
}

async function heapOf({ page, context }: PanelPage): Promise<number> {
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}
