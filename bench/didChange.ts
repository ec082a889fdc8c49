/** How long a keystroke in a 100,000-line document keeps the server from the next request: ours beside an empty handler. */
import { startDemo } from '../server/src/demo/server.ts';
import { quantile } from './edits/quantile.ts';
import { replacement } from './edits/scripts.ts';
import { type Peer, withServers } from './edits/servers.ts';
import type { Bench, Row } from './row.ts';

const lines = 100_000;
const rounds = 5;
const samplesPerRound = 450;
const hunks = 10;
/** Milliseconds above the empty handler. */
const bar = 2;

const [plain, pending] = ['file:///work/plain.ts', 'file:///work/pending.ts'];
const line = (number: number) => `const value${number} = compute(${number}, 'some text');`;
const text = Array.from({ length: lines }, (_, number) => `${line(number)}\n`).join('');

export const bench: Bench = {
  title: `didChange on a document of ${lines.toLocaleString('en')} lines`,
  async run() {
    const demo = await startDemo({ delay: 0 });
    try {
      return await withServers(demo, async ({ ours, bare }) => {
        for (const peer of [ours, bare]) for (const uri of [plain, pending]) await peer.open(uri, text);
        demo.use({ text: '', pieceSize: 200, toolUses: Array.from({ length: hunks }, (_, at) => toolUse(at)) });
        await makeHunks(ours);
        return await compare(ours, bare);
      });
    } finally {
      await demo.close();
    }
  },
};

function toolUse(at: number) {
  const number = (at + 1) * 9_000;
  return replacement('pending.ts', line(number), `${line(number)}\nconst added${at} = ${at};`);
}

async function makeHunks({ rpc, documents }: Peer): Promise<void> {
  const range = { start: { line: 9_000, character: 0 }, end: { line: 9_001, character: 0 } };
  const asked = { action: 'instruct', instruction: 'Add values.', uri: pending, range };
  const result = await rpc.sendRequest<{ hunks: readonly string[]; failures: readonly string[] }>('gloss/edit', asked);
  if (result.hunks.length !== hunks) throw new Error(`There are ${result.hunks.length} hunks: ${result.failures}`);
  if (!documents.text(pending).includes('const added9')) throw new Error('The hunks are not in the document.');
}

type Times = Record<'ours' | 'pending' | 'bare', number[]>;

/** Rounds alternate between the three, so that whatever else the machine does meets all. */
async function compare(ours: Peer, bare: Peer): Promise<readonly Row[]> {
  const times: Times = { ours: [], pending: [], bare: [] };
  const versions = { ours: 1, pending: 1_000, bare: 1 };
  for (let sample = 0; sample < rounds * samplesPerRound; sample++) {
    times.ours.push(await keystroke(ours, plain, ++versions.ours, sample));
    times.bare.push(await keystroke(bare, plain, ++versions.bare, sample));
    times.pending.push(await keystroke(ours, pending, ++versions.pending, sample));
  }
  return [
    row('p99', times.ours, times.bare, 0.99, bar),
    row('  median', times.ours, times.bare, 0.5),
    row(`p99 with ${hunks} pending hunks in it`, times.pending, times.bare, 0.99),
    row('  median', times.pending, times.bare, 0.5),
  ];
}

/** Types a word, a letter at a time, at places all over the document; a request that neither knows comes back at once. */
async function keystroke({ rpc }: Peer, uri: string, version: number, sample: number): Promise<number> {
  const start = { line: (Math.floor(sample / 20) * 7_919) % lines, character: sample % 20 };
  const started = performance.now();
  await rpc.sendNotification('textDocument/didChange', {
    textDocument: { uri, version },
    contentChanges: [{ range: { start, end: start }, text: 'x' }],
  });
  await rpc.sendRequest('bench/unknown').catch(() => undefined);
  return performance.now() - started;
}

function row(figure: string, own: readonly number[], control: readonly number[], share: number, most?: number): Row {
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
