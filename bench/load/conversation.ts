/** One long conversation in a process of its own: time of each turn, and memory, with everything on the disk and a server on loopback. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createConversations } from '../../server/src/conversations/store.ts';
import { createReceipts } from '../../server/src/egress/receipts.ts';
import { createDisk } from '../../server/src/system/disk.ts';
import { createJournalShelf } from '../../server/src/system/journalShelf.ts';
import { engine, turnOf } from '../../test/harness/engine.ts';
import { written } from '../../test/harness/streams.ts';
import { eventsOf } from '../../test/harness/turns.ts';

const turns = Number(process.argv[2] ?? 2_000);
const log = { clean: (text: string) => text, debug() {}, info() {}, warn() {}, error() {} };
const folder = await mkdtemp(path.join(tmpdir(), 'gloss-bench-turns-'));
const answer = written(
  eventsOf({ says: ['An answer of a few words, as they come in a long conversation about code.'] }),
);

/** The messages before the last one of each request: they must go on from those of the request before. */
let last = '';
let kept = 0;
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString();
    const start = body.indexOf('"messages":[');
    const messages = body.slice(start, body.indexOf('],"system"') > 0 ? body.indexOf('],"system"') : undefined);
    if (messages.startsWith(last)) kept += 1;
    last = messages;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(answer);
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;

const conversations = createConversations({
  journals: createJournalShelf(folder, 'conversations/bench', log),
  ...{
    log,
    now: () => new Date(),
    random: () => createHash('sha256').update(String(Math.random())).digest('hex').slice(0, 16),
  },
});
const { chats } = engine({
  baseURL: `http://127.0.0.1:${port}`,
  conversations,
  receipts: createReceipts(createDisk(folder), log),
  settings: { limitPerConversation: 100_000, limitPerDay: 100_000 },
});
const chat = await chats.begin();
/** Milliseconds that the processor worked for each turn, of both ends: clocks on the wall would measure the machine's other work. */
const times: number[] = [];
let before = 0;
for (let turn = 0; turn < turns; turn += 1) {
  if (turn === 100) before = used();
  const start = process.cpuUsage();
  const ending = await chat.send(turnOf(`Question ${turn}: what does this function do, and where is it called from?`));
  const { user, system } = process.cpuUsage(start);
  times.push((user + system) / 1_000);
  if (ending !== 'finished') throw new Error(`turn ${turn} ended with ${ending}`);
}
const grown = used() - before;
await chats.close();
await conversations.close();
server.close();
await rm(folder, { recursive: true, force: true });
console.log(JSON.stringify({ times, grown, kept }));
process.exit(0);

function used(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
