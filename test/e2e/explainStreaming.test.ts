/** A long answer in a VS Code window: sampled at every frame while it streams and a person types above it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchWithDemo } from './harness.ts';

let window: Awaited<ReturnType<typeof launchWithDemo>>;

beforeAll(async () => {
  window = await launchWithDemo({ settings: { 'editor.quickSuggestions': { other: 'off', comments: 'off' } } });
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterAll(() => window?.close());

/** What a frame shows of the thread. */
interface Frame {
  /** Counts the elements that the thread has been; 0 for none. */
  readonly widget: number;
  readonly height: number;
  readonly text: string;
}

const words = 5_000;
const each = 50;
const last = `Part ${words / each - 1} begins`;
const paragraph = (at: number) =>
  `Part ${at} begins here with \`code${at}()\` and goes on ${'word '.repeat(each - 8)}until it ends.\n\n`;
/** So many words in pieces of one or two; Markdown comes in whole pieces, so that a longer text begins with the shorter one. */
const pieces = Array.from({ length: words / each }, (_, at) => paragraph(at).match(/(?:\S+\s+){1,2}/g) ?? []).flat();

/** The answer without the sign that it goes on. */
const said = (text: string) => text.replace(/[\s…]+$/, '');

/** Looks behind each frame, when all of it is painted, and ends when asked for what it saw. */
async function watch(): Promise<() => Promise<readonly Frame[]>> {
  await window.page.evaluate(() => {
    const frames: { widget: number; height: number; text: string }[] = [];
    const widgets: Element[] = [];
    const look = (): void => {
      const widget = document.querySelector('.review-widget');
      if (widget !== null && !widgets.includes(widget)) widgets.push(widget);
      const bodies = [...(widget?.querySelectorAll('.comment-body') ?? [])];
      frames.push({
        widget: widget === null ? 0 : widgets.indexOf(widget) + 1,
        height: widget?.getBoundingClientRect().height ?? 0,
        text: bodies.map(({ textContent }) => textContent).join('|'),
      });
    };
    let goesOn = true;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = look;
    const next = (): void => {
      port2.postMessage(0);
      if (goesOn) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    const stop = () => {
      goesOn = false;
      return frames;
    };
    Object.assign(globalThis, { glossFrames: stop });
  });
  return () => window.page.evaluate(() => (Reflect.get(globalThis, 'glossFrames') as () => Frame[])());
}

test('a 5,000-word answer streams without flicker: one thread that only grows, frame by frame; what is typed meanwhile arrives in order', async () => {
  const { promise: hold, resolve: release } = Promise.withResolvers<void>();
  window.demo.use({ text: pieces, delay: 2, hold });
  await window.openFile('schedule.ts');
  await window.goto(18);
  await window.command('Gloss: Explain Here');
  const body = window.threads.locator('.comment-body');
  await body.filter({ hasText: 'Part' }).waitFor();
  await window.goto(2, 1);
  const stop = await watch();
  release();
  await body.filter({ hasText: 'Part 3' }).waitFor();
  const typed: string[] = [];
  await window.page.keyboard.type('// ');
  while (!(await body.textContent())?.includes(last)) {
    typed.push(`k${typed.length}`);
    await window.page.keyboard.type(`${typed.at(-1)} `);
    if (typed.length === 10) await window.shot('streaming-long');
  }
  await expect.poll(() => body.textContent()).toMatch(/until it ends\.\s*$/);
  const frames = await stop();

  expect(typed.length).toBeGreaterThan(10);
  await window.line(`// ${typed.join(' ')} `).waitFor();
  const lengths = new Set(frames.map(({ text }) => text.length));
  expect(lengths.size).toBeGreaterThan(20);
  expect(new Set(frames.map(({ widget }) => widget))).toEqual(new Set([1]));
  const torn = frames.filter(({ text, height }, at) => {
    const before = frames[at - 1];
    // With the last word the line goes that says that more comes.
    const isLower = text.endsWith('…') && height < (before?.height ?? 0);
    return before !== undefined && (isLower || !said(text).startsWith(said(before.text)));
  });
  expect(torn.map(({ text, height }) => ({ end: text.slice(-80), height }))).toEqual([]);
  expect((frames.at(-1)?.text ?? '').split(/\s+/).length).toBeGreaterThan(words - each);
});
