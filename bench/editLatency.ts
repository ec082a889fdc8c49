/** From the first whole line of an edit on the wire to the line in the document: in the protocol, and painted in VS Code. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Demo, startDemo } from '../server/src/demo/server.ts';
import { type BareService, bareService } from './edits/bareService.ts';
import { quantile } from './edits/quantile.ts';
import { askBare, replacement } from './edits/scripts.ts';
import { type Peer, withServers } from './edits/servers.ts';
import { type BenchWindow, file, withWindow } from './edits/window.ts';
import { type Bench, median, type Row } from './row.ts';

const rounds = 5;
const samplesPerRound = { protocol: 30, window: 12 };
/** Milliseconds above the control. */
const bar = 50;

const lines = Array.from({ length: 200 }, (_, at) => `const value${at} = compute(${at});`);
const text = `${lines.join('\n')}\n`;
const target = 5;
const old = lines[target] ?? '';

export const bench: Bench = {
  title: 'First line of an edit',
  run: async () => [...(await inProtocol()), ...(await inWindow())],
};

interface Held {
  readonly mark: string;
  /** Lets the event go that ends the first line; returns the moment. */
  release(): number;
}

/** The first event ends in the midst of the first line; the second one, which is held back, has its end and more. */
function hold(demo: Demo, path: string, number: number): Held {
  const mark = `const marked${number} = 1;`;
  const next = `${mark}\n${'const more = 1;\n'.repeat(20)}${old}`;
  const call = replacement(path, old, next);
  const pieceSize = JSON.stringify(call.input).indexOf(mark) + mark.length - 2;
  const { promise, resolve } = Promise.withResolvers<void>();
  demo.use({ text: '', delay: 0, pieceSize, hold: promise, toolUses: [call] });
  return {
    mark,
    release() {
      resolve();
      return performance.now();
    },
  };
}

async function inProtocol(): Promise<readonly Row[]> {
  const demo = await startDemo({ delay: 0 });
  try {
    return await withServers(demo, async ({ ours, bare }) => {
      const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
      for (let sample = 0; sample < rounds * samplesPerRound.protocol; sample++) {
        times.ours.push(await ourStep(demo, ours, sample));
        times.bare.push(await bareStep(demo, bare, sample));
      }
      return [
        row('wire to gloss/apply, p90', quantile(times.ours, 0.9), quantile(times.bare, 0.9), times.ours.length),
        row('  median', median(times.ours), median(times.bare), times.ours.length),
      ];
    });
  } finally {
    await demo.close();
  }
}

async function ourStep(demo: Demo, ours: Peer, sample: number): Promise<number> {
  const name = `sample${sample}.ts`;
  const uri = `file:///work/${name}`;
  await ours.open(uri, text);
  const { mark, release } = hold(demo, name, sample);
  const seen = Promise.withResolvers<number>();
  ours.onApply = ({ documents }) => {
    if (JSON.stringify(documents).includes(mark)) seen.resolve(performance.now());
  };
  const range = { start: { line: target, character: 0 }, end: { line: target + 1, character: 0 } };
  const asked = { action: 'instruct', instruction: 'Add lines.', uri, range };
  const edited = ours.rpc.sendRequest('gloss/edit', asked);
  await streaming(demo);
  const released = release();
  const time = (await seen.promise) - released;
  await edited;
  await ours.rpc.sendNotification('textDocument/didClose', { textDocument: { uri } });
  return time;
}

async function bareStep(demo: Demo, bare: Peer, sample: number): Promise<number> {
  const { mark, release } = hold(demo, 'bare.ts', sample);
  const seen = Promise.withResolvers<number>();
  bare.onApply = () => seen.resolve(performance.now());
  const range = { start: { line: target, character: 0 }, end: { line: target, character: 0 } };
  const edits = [{ hunk: 'h', range, old: '', text: `${mark}\n` }];
  const documents = [{ uri: 'file:///work/bare.ts', version: 1, edits }];
  bare.documents.open('file:///work/bare.ts', text);
  const apply = { group: 'g', seq: 0, title: 'Edit', documents, files: [], undo: 'first' };
  // Of the second event: the first line itself is cut in two.
  const asked = askBare(demo, bare, 'const more', apply);
  await streaming(demo);
  const released = release();
  const time = (await seen.promise) - released;
  await asked;
  return time;
}

/** The answer has begun, and its first piece has been read. */
async function streaming(demo: Demo): Promise<void> {
  const before = demo.requests.length;
  while (demo.requests.length === before) await pause(1);
  await pause(40);
}

async function inWindow(): Promise<readonly Row[]> {
  return withWindow(text, async (window) => {
    const service = await bareService();
    try {
      const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
      // The first of each loads what it needs.
      for (let sample = -2; sample < rounds * samplesPerRound.window; sample++) {
        const [ours, bare] = [await ourLine(window, 1_000 + sample), await bareLine(window, service, 1_000 + sample)];
        if (sample < 0) continue;
        times.ours.push(ours);
        times.bare.push(bare);
      }
      return [
        row(
          'wire to decorated line in VS Code, p90',
          quantile(times.ours, 0.9),
          quantile(times.bare, 0.9),
          times.ours.length,
        ),
        row('  median', median(times.ours), median(times.bare), times.ours.length, bar),
      ];
    } finally {
      service.close();
    }
  });
}

/** Resolves to the page's time at which the line was painted with a decoration behind it. */
async function painted(window: BenchWindow, mark: string): Promise<() => Promise<number>> {
  await window.page.evaluate((part) => {
    const found = Promise.withResolvers<number>();
    const look = (): void => {
      const lines = [...document.querySelectorAll<HTMLElement>('.view-lines .view-line')];
      const top = lines.find((line) => line.textContent?.replaceAll('\u00a0', ' ').includes(part))?.style.top;
      const overlays = [...document.querySelectorAll<HTMLElement>('.view-overlays > div')];
      const behind = overlays.find((overlay) => overlay.style.top === top);
      if (top === undefined || !behind?.querySelector('[class*="ced-"]')) return;
      observer.disconnect();
      found.resolve(performance.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    Object.assign(globalThis, { glossBenchPainted: found.promise });
  }, mark);
  return () => window.page.evaluate(() => Reflect.get(globalThis, 'glossBenchPainted') as Promise<number>);
}

async function ourLine(window: BenchWindow, sample: number): Promise<number> {
  const { mark, release } = hold(window.demo, file, sample);
  const seen = await painted(window, mark);
  const uri = await window.ask<string>('uri');
  const range = { start: { line: target, character: 0 }, end: { line: target, character: old.length } };
  const asked = { action: 'instruct', instruction: 'Add lines.', uri, range };
  const edited = window.ask('command', 'gloss.edit.run', asked);
  await streaming(window.demo);
  const released = window.pageTime(release());
  const time = (await seen()) - released;
  await edited;
  await window.ask('command', 'gloss.review.rejectAll');
  await restored(window);
  return time;
}

async function bareLine(window: BenchWindow, service: BareService, sample: number): Promise<number> {
  const mark = `const marked${sample} = 2;`;
  const seen = await painted(window, mark);
  const edited = window.ask('edit', service.url, mark, target);
  await service.asked();
  await pause(40);
  const released = window.pageTime(service.send());
  const time = (await seen()) - released;
  await edited;
  await window.ask('command', 'undo');
  await window.ask('bare');
  await restored(window);
  return time;
}

async function restored(window: BenchWindow): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await window.ask<string>('text')) === text) return pause(150);
    await pause(50);
  }
  throw new Error('The text did not come back.');
}

function row(figure: string, ours: number, control: number, samples: number, most?: number): Row {
  const result = ours - control;
  return {
    figure: `${figure}, ms (${samples} samples in ${rounds} rounds)`,
    ours: ours.toFixed(1),
    control: `${control.toFixed(1)} (no more than that edit)`,
    result: `${result < 0 ? '' : '+'}${result.toFixed(1)}`,
    bar: most === undefined ? '' : `at most +${most} ms`,
    held: most === undefined || result <= most,
  };
}
