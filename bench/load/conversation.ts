/** One long conversation in a process of its own, against a server in another: the processor's time of each turn, and memory. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Claude, type MessageParam } from '../../server/src/claude/index.ts';
import { createConversations } from '../../server/src/conversations/store.ts';
import { createReceipts } from '../../server/src/egress/receipts.ts';
import { createDisk } from '../../server/src/system/disk.ts';
import { createJournalShelf } from '../../server/src/system/journalShelf.ts';
import { engine, turnOf } from '../../test/harness/engine.ts';

/** What the process tells at its end. */
export interface Told {
  /** Milliseconds that the processor worked, for each turn: clocks on the wall would measure the machine's other work. */
  readonly times: readonly number[];
  /** Bytes more at the end than after a hundred turns. */
  readonly grown: number;
}

interface Talk {
  say(text: string): Promise<void>;
  close(): Promise<void>;
}

/** The engine of chats as it is in the server, with everything on the disk. */
async function chatting(baseURL: string): Promise<Talk> {
  const log = { clean: (text: string) => text, debug() {}, info() {}, warn() {}, error() {} };
  const folder = await mkdtemp(path.join(tmpdir(), 'gloss-bench-turns-'));
  const random = () => createHash('sha256').update(String(Math.random())).digest('hex').slice(0, 16);
  const journals = createJournalShelf(folder, 'conversations/bench', log);
  const conversations = createConversations({ journals, log, now: () => new Date(), random });
  const { chats } = engine({
    ...{ baseURL, conversations, receipts: createReceipts(createDisk(folder), log) },
    settings: { limitPerConversation: 100_000, limitPerDay: 100_000 },
  });
  const chat = await chats.begin();
  return {
    async say(text) {
      const ending = await chat.send(turnOf(text));
      if (ending !== 'finished') throw new Error(`a turn ended with ${ending}`);
    },
    async close() {
      await chats.close();
      await conversations.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The client alone, given the same conversation each time. */
function bare(baseURL: string): Talk {
  const claude = new Claude({ apiKey: 'sk-ant-of-a-benchmark', baseURL, retries: { attempts: 1 } });
  const messages: MessageParam[] = [];
  return {
    async say(text) {
      messages.push({ role: 'user', content: [{ type: 'text', text }] });
      const answer = await claude.messages
        .stream({
          ...{ model: 'claude-sonnet-5-5', max_tokens: 1_000, messages, system: 'Be good.', tools: [] },
          cache_control: { type: 'ephemeral' },
        })
        .finalMessage();
      messages.push({ role: 'assistant', content: answer.content });
    },
    close: async () => undefined,
  };
}

function used(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

if (import.meta.main) {
  const [who, baseURL = '', turns = '2000'] = process.argv.slice(2);
  const talk = who === 'bare' ? bare(baseURL) : await chatting(baseURL);
  const times: number[] = [];
  let before = 0;
  for (let turn = 0; turn < Number(turns); turn += 1) {
    if (turn === 100) before = used();
    const start = process.cpuUsage();
    await talk.say(`Question ${turn}: what does this function do, and where is it called from?`);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1_000);
  }
  const told: Told = { times, grown: used() - before };
  await talk.close();
  process.stdout.write(JSON.stringify(told), () => process.exit(0));
}
