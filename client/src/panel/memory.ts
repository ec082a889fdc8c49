/** What the panel remembers for its window: the chat that was shown last, what was written and not sent, and earlier questions. */
import * as z from 'zod';
import { ChatId } from '#shared/panel.ts';
import type { Draft } from '#shared/panelRequests.ts';

/** VS Code's `Memento` of the workspace. */
export interface Store {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

export interface Memory {
  lastChat(): string | undefined;
  showed(chat: string): void;
  /** With its pictures until the window closes, its text longer. */
  draft(chat: string): Draft | undefined;
  keep(chat: string, draft: Draft): void;
  forget(chat: string): void;
  /** The newest last. */
  history(): string[];
  remember(question: string): void;
}

const keys = { last: 'gloss.chat.last', drafts: 'gloss.chat.drafts', history: 'gloss.chat.history' } as const;
const mostQuestions = 100;
const mostDrafts = 20;
/** Code units: all that an extension keeps is written at once. */
const longest = 100_000;

const Questions = z.array(z.string());
const Drafts = z.array(z.tuple([ChatId, z.object({ text: z.string(), selection: z.boolean() })]));

export function createMemory(store: Store): Memory {
  const whole = new Map<string, Draft>();
  const read = <Value>(key: string, schema: z.ZodType<Value>): Value | undefined =>
    schema.safeParse(store.get(key)).data;
  const write = (key: string, value: unknown): void => void store.update(key, value);
  const others = (chat: string) => (read(keys.drafts, Drafts) ?? []).filter(([each]) => each !== chat);
  const last = () => read(keys.last, ChatId);
  const history = () => read(keys.history, Questions) ?? [];
  return {
    lastChat: last,
    showed(chat) {
      if (chat !== last()) write(keys.last, chat);
    },
    draft(chat) {
      const kept = whole.get(chat);
      if (kept !== undefined) return kept;
      const [, text] = read(keys.drafts, Drafts)?.find(([each]) => each === chat) ?? [];
      return text === undefined ? undefined : { ...text, media: [] };
    },
    keep(chat, draft) {
      const { text, media, selection } = draft;
      if (text === '' && media.length === 0 && selection) return this.forget(chat);
      whole.set(chat, draft);
      const kept = text.length > longest ? [] : [[chat, { text, selection }] as const];
      write(keys.drafts, [...others(chat), ...kept].slice(-mostDrafts));
    },
    forget(chat) {
      const had = whole.delete(chat);
      if (had || this.draft(chat) !== undefined) write(keys.drafts, others(chat));
    },
    history,
    remember(question) {
      if (question.trim() === '' || question.length > longest) return;
      write(keys.history, [...history().filter((each) => each !== question), question].slice(-mostQuestions));
    },
  };
}
