/** The engine of chats in tests: a real client behind the real door out, answers from a script, and a person who answers as told. */
import * as z from 'zod';
import { defaultSettings, type Settings } from '#shared/settings.ts';
import { nothingSpent, withAnswer } from '#shared/spent.ts';
import { createChats } from '../../server/src/agent/chats.ts';
import type { ChatParts } from '../../server/src/agent/parts.ts';
import type { Chat, ChatEvent, ComposedTurn } from '../../server/src/chat.ts';
import type { Transport } from '../../server/src/claude/index.ts';
import { Claude } from '../../server/src/claude/index.ts';
import { createOutgoing, type OutgoingParts } from '../../server/src/egress/outgoing.ts';
import type { ChatWorld, Conversations, Entry, Question, StoredConversation } from '../../server/src/ports.ts';
import { defineTool, type Effect, type Tool, type ToolAnswer, type ToolContext } from '../../server/src/tool.ts';
import { key } from './claudeCalls.ts';

/** A tool that does this, whatever its input. */
export function toolDoing(
  name: string,
  run: (context: ToolContext, input: Record<string, unknown>) => string | Partial<ToolAnswer> | Promise<string>,
  more: Partial<Pick<Tool, 'effect' | 'grow' | 'abandon'>> = {},
): Tool {
  const effect: Effect = more.effect ?? 'reads';
  return defineTool<Record<string, unknown>>({
    ...{ name, description: name, input: z.looseObject({}), ...more, effect },
    async effective(_context, input) {
      return {
        ...{ tool: name, effect, title: `${name} it`, subjects: [name], isRememberable: false, mustAsk: [] },
        facts: [{ name: 'input', value: JSON.stringify(input) }],
      };
    },
    async run(context, input) {
      const answer = await run(context, input);
      return typeof answer === 'string' ? { text: answer, isData: false } : { text: '', isData: false, ...answer };
    },
  });
}

export interface EngineOptions {
  readonly tools?: readonly Tool[];
  /** Without it the client goes to `baseURL`. */
  readonly transport?: Transport;
  readonly baseURL?: string;
  readonly settings?: Partial<Settings['chat']>;
  readonly people?: Partial<ChatWorld['people']>;
  readonly conversations?: Conversations;
  readonly outcomes?: ChatParts['outcomes'];
  readonly world?: Partial<ChatWorld>;
  readonly now?: () => Date;
  readonly receipts?: OutgoingParts['receipts'];
  /** The demo answers. */
  readonly demo?: boolean;
}

export interface Engine {
  readonly chats: ReturnType<typeof createChats>;
  readonly conversations: Conversations;
  readonly receipts: Map<string, string>;
  readonly questions: Question[];
  begin(): Promise<EngineChat>;
  open(id: string): Promise<EngineChat>;
}

export interface EngineChat extends Chat {
  /** What it told, streams of text joined. */
  readonly told: ChatEvent[];
  say(text: string, options?: Parameters<Chat['send']>[1]): ReturnType<Chat['send']>;
  /** Kinds of the entries on the way, with what matters in short. */
  inShort(): readonly string[];
}

export function engine(options: EngineOptions): Engine {
  const conversations = options.conversations ?? inMemory();
  const questions: Question[] = [];
  const receipts = new Map<string, string>();
  const log = { clean: (text: string) => text, debug() {}, info() {}, warn() {}, error() {} };
  const { transport, baseURL } = options;
  const claude = new Claude({
    ...{ apiKey: key, retries: { attempts: 1 } },
    ...(transport === undefined ? {} : { transport }),
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  const access = {
    ...{ baseUrl: 'https://api.anthropic.com', origin: 'https://api.anthropic.com', host: 'api.anthropic.com' },
    ...{ credential: undefined, proxy: undefined, noProxy: [], caFile: undefined, headers: {} },
    ...{ trusted: true, demo: options.demo ?? false },
  };
  const outgoing = createOutgoing({
    connect: async () => ({ claude, access }),
    reasonToStay: async () => undefined,
    receipts: options.receipts ?? {
      open: async (receipt) => void receipts.set(receipt.id, JSON.stringify(receipt)),
      close: async () => undefined,
      text: async () => undefined,
    },
    ...{ log, knownKeys: () => 0, now: () => new Date(), random: () => crypto.randomUUID().slice(0, 8) },
    watch: { began() {}, ended() {} },
  });
  const people: ChatWorld['people'] = {
    approve: async ({ hash }) => ({ decision: 'once', hash }),
    async ask(question) {
      questions.push(question);
      return undefined;
    },
    terminal: () => ({ write() {}, end() {} }),
    ...options.people,
  };
  // Tools of these tests use no more of the world than they are given here.
  const world = {
    outgoing,
    conversations,
    people,
    log,
    locale: 'en',
    trust: () => 'trusted',
    // Nothing is known of earlier sessions.
    ledger: { recall: async () => undefined },
    ...options.world,
  } as unknown as ChatWorld;
  const tools = options.tools ?? [];
  const settings: Settings = { ...defaultSettings, chat: { ...defaultSettings.chat, ...options.settings } };
  let spent = nothingSpent;
  const chats = createChats({
    ...{ world, tools, newId: () => crypto.randomUUID(), now: options.now ?? (() => new Date()) },
    words: {
      request: (messages, { chat }) => ({
        ...{ model: chat.model, max_tokens: 1_000, messages, system: 'Be good.', cache_control: { type: 'ephemeral' } },
        tools: tools.map(({ name }) => ({ name, description: name, input_schema: { type: 'object' } })),
      }),
      news: ({ outcomes, mode }) => [...outcomes, ...(mode === undefined ? [] : [`Mode: ${mode}.`])].join('\n'),
      title: (text) => text.slice(0, 20),
    },
    settings: async () => settings,
    reviewed: true,
    outcomes: options.outcomes ?? (() => []),
    spend: {
      async add(dollars, tokens) {
        spent = withAnswer(spent, dollars, tokens);
      },
      today: async () => spent,
    },
  });
  const watched = (chat: Chat): EngineChat => {
    const told: ChatEvent[] = [];
    chat.watch((event) => void told.push(event));
    return {
      ...chat,
      told,
      say: (text, how) => chat.send(turnOf(text), how),
      inShort: () => chat.stored().entries.map(shortOf),
    };
  };
  return {
    chats,
    conversations,
    receipts,
    questions,
    begin: async () => watched(await chats.begin()),
    async open(id) {
      const chat = await chats.open(id);
      if (chat === undefined) throw new Error(`there is no conversation ${id}`);
      return watched(chat);
    },
  };
}

export function turnOf(text: string): ComposedTurn {
  return {
    ...{ text, content: [{ type: 'text', text }], attached: [], sources: [], replaced: [], notices: [] },
    ...{ tokens: 1, isData: false },
  };
}

function shortOf({ content }: Entry): string {
  switch (content.kind) {
    case 'asked':
      return `asked ${content.text}`;
    case 'answered':
      return `answered ${content.cut ?? content.stopReason}`;
    case 'results':
      return `results ${content.calls.map(({ tool, outcome }) => `${tool} ${outcome}`).join(', ')}`.trim();
    case 'compacted':
      return 'compacted';
    case 'noted':
      return `noted ${content.text}`;
  }
}

/** A store that forgets with the process; each conversation is copied through JSON, as on a disk. */
function inMemory(): Conversations {
  const all = new Map<string, { title: string; entries: Entry[] }>();
  const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, price: 0 };
  const stored = (id: string): StoredConversation | undefined => {
    const found = all.get(id);
    if (found === undefined) return undefined;
    const byId = new Map(found.entries.map((entry) => [entry.id, entry]));
    const way: Entry[] = [];
    for (
      let at = found.entries.at(-1);
      at !== undefined;
      at = at.parent === undefined ? undefined : byId.get(at.parent)
    )
      way.unshift(at);
    const summary = { id, title: found.title, begun: '', changed: '', questions: 0, usage };
    return { summary, entries: JSON.parse(JSON.stringify(way)) };
  };
  return {
    list: async () => [...all.keys()].flatMap((id) => stored(id)?.summary ?? []),
    search: async () => [],
    begin(title) {
      const id = crypto.randomUUID();
      all.set(id, { title, entries: [] });
      return id;
    },
    open: async (id) => stored(id),
    append: async (id, entries) => void all.get(id)?.entries.push(...entries),
    async rename(id, title) {
      const found = all.get(id);
      if (found !== undefined) found.title = title;
    },
    remove: async (id) => void all.delete(id),
    async fork(id, entry) {
      const entries = stored(id)?.entries ?? [];
      const at = entries.findIndex((each) => each.id === entry);
      if (at < 0) return undefined;
      const copy = crypto.randomUUID();
      all.set(copy, { title: 'Fork', entries: entries.slice(0, at + 1) });
      return copy;
    },
    close: async () => undefined,
  };
}
