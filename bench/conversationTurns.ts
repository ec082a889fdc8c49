/** A conversation of 2,000 turns: what a turn costs at its end, what it holds, and whether what was sent before stays the same. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { written } from '../test/harness/streams.ts';
import { eventsOf } from '../test/harness/turns.ts';
import type { Told } from './load/conversation.ts';
import { type Bench, median, type Row } from './row.ts';

const turns = 2_000;
/** Turns of which the middle one counts, at the beginning and at the end. */
const some = 100;
const heapBar = 50_000_000;

export const bench: Bench = {
  title: `A conversation of ${turns.toLocaleString('en')} turns`,
  async run() {
    const [ours, bare] = [await talked('ours'), await talked('bare')];
    return [timeRow(ours, bare), heapRow(ours), prefixRow(ours)];
  },
};

interface Talked extends Told {
  /** Requests that began with all that was sent before. */
  readonly kept: number;
}

async function talked(who: 'ours' | 'bare'): Promise<Talked> {
  const server = await startServer();
  const script = path.join(import.meta.dirname, 'load/conversation.ts');
  try {
    const given = ['--expose-gc', script, who, server.url, String(turns)];
    const { stdout } = await promisify(execFile)(process.execPath, given, { maxBuffer: 10_000_000 });
    const said: Told = JSON.parse(stdout);
    return { ...said, kept: server.kept() };
  } finally {
    server.close();
  }
}

/** Says the same to everything; the messages of each request must go on from those of the request before, by hash. */
async function startServer() {
  const answer = written(
    eventsOf({ says: ['An answer of a few words, as they come in a long conversation about code.'] }),
  );
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
  let before = { length: 0, hash: hashOf('') };
  let kept = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const messages = JSON.stringify(JSON.parse(Buffer.concat(parts).toString()).messages).slice(0, -1);
      if (hashOf(messages.slice(0, before.length)) === before.hash) kept += 1;
      before = { length: messages.length, hash: hashOf(messages) };
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, kept: () => kept, close: () => server.close() };
}

/** A client that sends all of a conversation each time costs more the longer it is: only what we add to that is ours. */
function timeRow(ours: Talked, bare: Talked): Row {
  const [own, control] = [middles(ours.times), middles(bare.times)];
  const growth = (own.late - (control.late - control.early)) / own.early;
  const shown = ({ early, late }: typeof own) =>
    `${early.toFixed(1)}, ${late.toFixed(1)} (${(late / early).toFixed(2)}x)`;
  return {
    figure: `processor's time of a turn (ms, turns ${some} to ${2 * some}, and the last ${some})`,
    ours: shown(own),
    control: `${shown(control)} (the client alone, the same requests)`,
    bar: 'less than doubled, beyond what the control grows by',
    result: `${growth.toFixed(2)}x`,
    held: growth < 2,
  };
}

function middles(times: readonly number[]) {
  return { early: median(times.slice(some, 2 * some)), late: median(times.slice(-some)) };
}

function heapRow({ grown }: Talked): Row {
  return {
    figure: `memory after ${turns} turns above that after ${some} (MB)`,
    ours: (grown / 1e6).toFixed(1),
    control: '',
    bar: `at most ${heapBar / 1e6} MB`,
    result: `${(grown / 1e6).toFixed(1)} MB`,
    held: grown <= heapBar,
  };
}

function prefixRow({ kept }: Talked): Row {
  return {
    figure: 'requests that begin with the very messages of the one before, by hash',
    ours: String(kept),
    control: String(turns),
    bar: 'all',
    result: `${kept} of ${turns}`,
    held: kept === turns,
  };
}

if (import.meta.main) console.table(await bench.run());
