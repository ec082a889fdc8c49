/** From a delta that the service sends to the notification at the editor, with many streams at once; beside a bare read of the same bytes. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { request } from 'undici';
import { quantile } from './edits/quantile.ts';
import { type Peer, withServers } from './edits/servers.ts';
import type { Bench, Row } from './row.ts';

const rounds = 5;
const streams = 20;
const deltas = 100;
/** Milliseconds above the control, of the 99th percentile. */
const bar = 5;

export const bench: Bench = {
  title: `API delta to LSP notification, ${streams} streams at once`,
  async run() {
    const service = fork(path.join(import.meta.dirname, 'streams/paced.ts'));
    try {
      const [{ port }] = (await once(service, 'message')) as [{ readonly port: number }];
      const url = `http://127.0.0.1:${port}/${deltas}`;
      return await withServers({ url, key: 'sk-ant-bench' }, ({ ours }) => measured(url, ours));
    } finally {
      service.disconnect();
    }
  },
};

async function measured(url: string, ours: Peer): Promise<readonly Row[]> {
  const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
  // The first round of each loads and compiles.
  for (let round = -1; round < rounds; round++) {
    const [own, bare] = [await notified(ours, round), await read(url)];
    if (round < 0) continue;
    times.ours.push(...own);
    times.bare.push(...bare);
  }
  return [row('p99', times, 0.99, bar), row('  median', times, 0.5)];
}

/** Milliseconds from sending to hearing, of each delta in a text. */
function agesIn(text: string): readonly number[] {
  const now = process.hrtime.bigint();
  return [...text.matchAll(/t(\d+)t /g)].map(([, sent = '']) => Number(now - BigInt(sent)) / 1e6);
}

async function notified(peer: Peer, round: number): Promise<readonly number[]> {
  const ages: number[] = [];
  peer.onProgress = (value) => {
    // What the protocol says of a piece; other progress has no text.
    const { text } = value as { readonly text?: string };
    if (text !== undefined) ages.push(...agesIn(text));
  };
  await Promise.all(Array.from({ length: streams }, (_, at) => explained(peer, `${round} ${at}`)));
  if (ages.length !== streams * deltas) throw new Error(`${ages.length} of ${streams * deltas} deltas came.`);
  return ages;
}

async function explained(peer: Peer, name: string): Promise<void> {
  const uri = `file:///work/${encodeURIComponent(name)}.ts`;
  await peer.open(uri, `export function name${name.replace(/\W/g, '_')}() {\n  return 1;\n}\n`);
  const start = { line: 1, character: 0 };
  const asked = { uri, range: { start, end: start }, level: 'normal', fresh: true, partialResultToken: name };
  await peer.rpc.sendRequest('gloss/explain', asked);
  await peer.rpc.sendNotification('textDocument/didClose', { textDocument: { uri } });
}

async function read(url: string): Promise<readonly number[]> {
  const ages: number[] = [];
  const one = async (): Promise<void> => {
    const { body } = await request(`${url}/v1/messages`, { method: 'POST', body: '{}' });
    for await (const chunk of body) ages.push(...agesIn(String(chunk)));
  };
  await Promise.all(Array.from({ length: streams }, one));
  return ages;
}

function row(
  figure: string,
  times: Readonly<Record<'ours' | 'bare', readonly number[]>>,
  share: number,
  most?: number,
): Row {
  const [ours, bare] = [quantile(times.ours, share), quantile(times.bare, share)];
  return {
    figure: `${figure}, ms (${times.ours.length} samples in ${rounds} rounds)`,
    ours: ours.toFixed(2),
    control: `${bare.toFixed(2)} (undici reads the same)`,
    result: `${ours < bare ? '' : '+'}${(ours - bare).toFixed(2)}`,
    bar: most === undefined ? '' : `at most +${most} ms`,
    held: most === undefined || ours - bare <= most,
  };
}
