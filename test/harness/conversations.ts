/** The store of conversations on a real disk, and entries to put into it. */
import { createHash } from 'node:crypto';
import { type Bounds, usualBounds } from '../../server/src/conversations/limits.ts';
import { createConversations } from '../../server/src/conversations/store.ts';
import type {
  Conversations,
  Entry,
  EntryContent,
  JournalShelf,
  Log,
  StoredConversation,
} from '../../server/src/ports.ts';
import { createJournalShelf } from '../../server/src/system/journalShelf.ts';

/** Below the storage's folder. */
export const conversationsFolder = 'conversations/a';

export interface ConversationWindow {
  readonly conversations: Conversations;
  readonly journals: JournalShelf;
  readonly warnings: string[];
}

let ids = 0;

/** One window on the workspace whose storage is this folder. */
export function conversationsOn(
  folder: string,
  shelfOf: (storage: string, name: string, log: Log) => JournalShelf = createJournalShelf,
  bounds: Partial<Bounds> = {},
): ConversationWindow {
  const warnings: string[] = [];
  const warn = (text: string) => void warnings.push(text);
  const log: Log = { clean: (text) => text, debug() {}, info() {}, warn, error: warn };
  const journals = shelfOf(folder, conversationsFolder, log);
  const random = () => createHash('sha256').update(`${process.pid} ${ids++}`).digest('hex').slice(0, 16);
  const now = () => new Date();
  const conversations = createConversations({ journals, log, now, random, bounds: { ...usualBounds, ...bounds } });
  return { conversations, journals, warnings };
}

const usage = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 2, cacheWriteTokens: 1, price: 0.5 };

/** What is said in tests: by the person, by the model, by the tools. */
export const said = {
  asked: (text: string): EntryContent => ({
    kind: 'asked',
    turn: { role: 'user', content: [{ type: 'text', text }] },
    text,
    attached: [],
  }),
  answered: (text: string, ...calls: readonly string[]): EntryContent => ({
    kind: 'answered',
    turn: {
      role: 'assistant',
      content: [
        { type: 'text', text },
        ...calls.map((id) => ({ type: 'tool_use' as const, id, name: 'read', input: { path: `${id}.ts` } })),
      ],
    },
    ...{ model: 'm', stopReason: calls.length > 0 ? 'tool_use' : 'end_turn', usage, receipt: 'receipts/r.md' },
    demo: false,
  }),
  results: (...calls: readonly string[]): EntryContent => ({
    kind: 'results',
    turn: {
      role: 'user',
      content: calls.map((id) => ({ type: 'tool_result' as const, tool_use_id: id, content: `text of ${id}.ts` })),
    },
    calls: calls.map((id) => ({ id, tool: 'read', title: `Read ${id}.ts`, outcome: 'done' as const, groups: [] })),
    said: [],
  }),
  noted: (text: string): EntryContent => ({ kind: 'noted', text }),
};

/** An entry, second by second. */
export function entry(id: string, parent: string | undefined, content: EntryContent, second = 0): Entry {
  return { id, parent, at: new Date(Date.UTC(2026, 10, 28, 12, 0, second)).toISOString(), content };
}

/** Contents in a row, with ids `e0`, `e1`, … */
export function inRow(contents: readonly EntryContent[], start = 0, after?: string): readonly Entry[] {
  return contents.map((content, index) =>
    entry(`e${start + index}`, index === 0 ? after : `e${start + index - 1}`, content, start + index),
  );
}

/** What was said on the way, a line each: `e0 asked`. */
export function outline(stored: StoredConversation | undefined): readonly string[] {
  return stored?.entries.map(({ id, content }) => `${id} ${content.kind}`) ?? ['none'];
}
