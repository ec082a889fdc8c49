/** How long ghost text takes: from the cache, from a service that answers at once, and to put the question together. */
import { startDemo } from '../server/src/demo/server.ts';
import { cleanText } from '../server/src/egress/filter.ts';
import { createGatherer } from '../server/src/features/complete/gather.ts';
import { suggestionPrompt } from '../server/src/features/complete/prompt.ts';
import { windowAt } from '../server/src/features/complete/window.ts';
import { createLiveDocument } from '../server/src/lsp/liveDocument.ts';
import { quantile } from './edits/quantile.ts';
import { askBare } from './edits/scripts.ts';
import { type Peer, withServers } from './edits/servers.ts';
import { type Bench, median, type Row } from './row.ts';

const rounds = 5;
/** In each round. */
const samples = { cached: 400, asked: 60, built: 200 } as const;
/** Milliseconds above the control. */
const bars = { cached: 5, asked: 15 } as const;
/** Of the shorter document. */
const mostTimes = 2;

const uri = 'file:///work/a.ts';
const line = (number: number) => `const value${number} = compute(${number}, 'some text');\n`;
const linesOf = (count: number) => Array.from({ length: count }, (_, number) => line(number)).join('');
const length = 3_000;
const answer = 'computeTheTotalOf(everything, thatIs, thereToBe, added);';

export const bench: Bench = {
  title: `Ghost text in a document of ${length.toLocaleString('en')} lines`,
  async run() {
    const demo = await startDemo({ delay: 0 });
    try {
      demo.use({ text: `<fill>${answer}</fill>` });
      const rows = await withServers(demo, async ({ ours, bare }) => {
        for (const peer of [ours, bare]) await peer.open(uri, `${linesOf(length)}const sum = \n`);
        const typing = createTyping(ours, bare);
        await typing.ask();
        const times = { cached: [], unknown: [], asked: [], bare: [] } as Record<string, number[]>;
        for (let round = 0; round < rounds; round++) {
          for (let sample = 0; sample < samples.asked; sample++) {
            times['asked']?.push(await timed(() => typing.askElsewhere(round * samples.asked + sample)));
            times['bare']?.push(await timed(() => askBare(demo, bare)));
          }
          for (let sample = 0; sample < samples.cached; sample++) {
            await typing.through(sample);
            times['cached']?.push(await timed(() => typing.ask()));
            times['unknown']?.push(await timed(() => bare.rpc.sendRequest('bench/unknown').catch(() => undefined)));
          }
        }
        const { cached = [], unknown = [], asked = [], bare: control = [] } = times;
        return [
          above('key to ghost text from the cache, p99', [cached, unknown], 0.99, bars.cached),
          above('  median', [cached, unknown], 0.5),
          above('request to answer, the service at once, p99', [asked, control], 0.99, bars.asked),
          above('  median', [asked, control], 0.5),
        ];
      });
      return [...rows, await building()];
    } finally {
      await demo.close();
    }
  },
};

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

/** A person who types what is suggested, takes it back, and asks at other places now and then. */
function createTyping(ours: Peer, bare: Peer) {
  let version = 1;
  const start = { line: length, character: 'const sum = '.length };
  let typed = '';
  const change = async (from: number, to: number, text: string): Promise<void> => {
    version += 1;
    const at = (character: number) => ({ line: length, character: start.character + character });
    const contentChanges = [{ range: { start: at(from), end: at(to) }, text }];
    for (const { rpc } of [ours, bare])
      await rpc.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  };
  const request = async (position: object, triggerKind: number): Promise<void> => {
    const params = { textDocument: { uri }, position, context: { triggerKind } };
    const items = await ours.rpc.sendRequest<readonly unknown[]>('textDocument/inlineCompletion', params);
    if (items.length !== 1) throw new Error('Nothing was suggested.');
  };
  return {
    /** What is known at the end of what was typed. */
    ask: () => request({ line: length, character: start.character + typed.length }, 1),
    /** By hand, so that nothing is waited for, at a place that was not asked about. */
    askElsewhere: (number: number) => request({ line: 50 + number * 3, character: 8 }, 1),
    async through(sample: number): Promise<void> {
      const next = answer.slice(0, sample % 20);
      await change(0, typed.length, next);
      typed = next;
    },
  };
}

/** The question for the end of a long document beside that of a short one, without the wire. */
async function building(): Promise<Row> {
  const [long, short] = [await builder(100_000), await builder(1_000)];
  const times: Record<'long' | 'short', number[]> = { long: [], short: [] };
  for (let sample = 0; sample < rounds * samples.built; sample++) {
    times.long.push(await timed(() => long(sample)));
    times.short.push(await timed(() => short(sample)));
  }
  const [ours, control] = [median(times.long), median(times.short)];
  return {
    figure: `putting the question together, 100,000 lines beside 1,000, median ms (${times.long.length} samples)`,
    ours: ours.toFixed(3),
    control: `${control.toFixed(3)} (1,000 lines)`,
    result: `${(ours / control).toFixed(2)}x`,
    bar: `at most ${mostTimes}x`,
    held: ours / control <= mostTimes,
  };
}

async function builder(lines: number): Promise<(sample: number) => Promise<void>> {
  const document = createLiveDocument({ uri, languageId: 'typescript', version: 1, text: linesOf(lines) });
  const documents = {
    get: () => document.snapshot(),
    recent: () => [uri],
    offsetAt: (_uri: string, position: { line: number; character: number }) => document.offsetAt(position),
    part: (_uri: string, start: number, end: number) => document.part(start, end),
  };
  const clean = async (text: string) => cleanText(text, (given) => given);
  const gatherer = createGatherer({
    ...{ documents, outgoing: { clean, mayLeave: async () => true } },
    edited: () => [],
  });
  return async (sample) => {
    const position = { line: lines - 100, character: 10 + (sample % 7) };
    document.change({ range: { start: position, end: position }, text: 'x' });
    const window = windowAt(documents, uri, position);
    const gathered = window && (await gatherer.gather(window, []));
    if (gathered === undefined) throw new Error('Nothing was gathered.');
    suggestionPrompt({ ...gathered.wanted, model: 'claude-haiku-5-5' });
  };
}

function above(figure: string, [own, control]: readonly [number[], number[]], share: number, most?: number): Row {
  const [ours, bare] = [quantile(own, share), quantile(control, share)];
  const result = ours - bare;
  return {
    figure: `${figure}, ms (${own.length} samples in ${rounds} rounds)`,
    ours: ours.toFixed(2),
    control: `${bare.toFixed(2)} (empty handler)`,
    result: `${result < 0 ? '' : '+'}${result.toFixed(2)}`,
    bar: most === undefined ? '' : `at most +${most} ms`,
    held: most === undefined || result <= most,
  };
}
