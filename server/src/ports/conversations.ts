/** What was said in chats, as the engine and the surfaces see it; the store behind it is `conversations/`. */
import type { Usage } from '#shared/usage.ts';
import type { MessageParam } from '../claude/index.ts';
import type { Source } from './outgoing.ts';

/** A conversation in a list. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  /** ISO 8601. */
  readonly begun: string;
  readonly changed: string;
  /** Questions of the person on the way to `head`. */
  readonly questions: number;
  /** Of all answers that were ever paid for, also those on other branches. */
  readonly usage: Usage;
  /** The conversation that this one was forked from. */
  readonly forkOf?: string;
  /** The name of the workspace folder that it was begun in. */
  readonly folder?: string;
}

/**
 * One thing that happened. Entries form a tree by `parent`: asking again from an earlier place, or two windows at once,
 * make another branch, and nothing is ever replaced.
 */
export interface Entry {
  readonly id: string;
  /** The entry before it; undefined for the first one. */
  readonly parent: string | undefined;
  /** ISO 8601. */
  readonly at: string;
  readonly content: EntryContent;
}

export type EntryContent =
  /** The person's turn: `turn` as it is sent, `text` as it was typed. */
  | {
      readonly kind: 'asked';
      readonly turn: MessageParam;
      readonly text: string;
      readonly attached: readonly Attached[];
      readonly told?: readonly Told[];
    }
  /** The model's turn, its blocks verbatim. */
  | {
      readonly kind: 'answered';
      readonly turn: MessageParam;
      readonly model: string;
      readonly stopReason: string;
      readonly usage: Usage;
      readonly receipt: string;
      readonly demo: boolean;
      /** It broke off: `turn` has what had come, as far as it can be sent. */
      readonly cut?: string;
    }
  /** What the tools answered to the turn before, and what was said meanwhile. */
  | {
      readonly kind: 'results';
      readonly turn: MessageParam;
      readonly calls: readonly CallNote[];
      /** What the person said meanwhile, as it was typed; it is in `turn` as well. */
      readonly said: readonly string[];
      readonly told?: readonly Told[];
    }
  /** For the model these turns take the place of everything before; the history stays. */
  | {
      readonly kind: 'compacted';
      readonly turns: readonly MessageParam[];
      readonly usage: Usage;
      readonly receipt: string;
    }
  /** Something that the person should know, such as a limit or another model. Not sent. */
  | {
      readonly kind: 'noted';
      readonly text: string;
      /** The question before it is not sent any more: the model declined it. */
      readonly withdraws?: boolean;
      /** Because of it the question was not answered. */
      readonly isError?: boolean;
    };

/** Something that went along with a question. */
export interface Attached {
  /** As the person named it: `@src/a.ts#L5-10`. */
  readonly name: string;
  readonly kind:
    | 'file'
    | 'folder'
    | 'symbol'
    | 'problems'
    | 'changes'
    | 'selection'
    | 'terminal'
    | 'image'
    | 'document'
    | 'instructions'
    | 'outcome';
  /** Estimated. */
  readonly tokens: number;
  readonly sources: readonly Source[];
}

/** A state of an edit group that the model knows since an entry. */
export interface Told {
  readonly group: string;
  /** Names the state, and does not say it. */
  readonly state: string;
}

/** What became of a call, for the transcript. */
export interface CallNote {
  /** `toolu_…` */
  readonly id: string;
  readonly tool: string;
  /** In a line: "Read src/a.ts, lines 1 to 40". */
  readonly title: string;
  readonly outcome: 'done' | 'failed' | 'denied' | 'refused' | 'stopped' | 'skipped';
  /** Edit groups of the ledger that it made. */
  readonly groups: readonly string[];
}

/** A conversation as it is on the disk, folded along the way to its newest entry. */
export interface StoredConversation {
  readonly summary: ConversationSummary;
  /** From the first entry to the newest one. */
  readonly entries: readonly Entry[];
}

export interface FoundEntry {
  readonly conversation: ConversationSummary;
  readonly entry: string;
  /** The words around the match, one line. */
  readonly excerpt: string;
}

/** Conversations: kept on disk for the set of workspace folders, append-only. What is acknowledged is on the disk. */
export interface Conversations {
  /** Newest first, those of other windows included. Reads no conversation. */
  list(): Promise<readonly ConversationSummary[]>;
  /** Those with all of the words, newest first. @throws the signal's reason. */
  search(words: string, signal: AbortSignal): Promise<readonly FoundEntry[]>;
  /** A new one, begun in a workspace folder of this name. Nothing is on the disk before the first entry. @returns its id. */
  begin(title: string, folder?: string): string;
  /**
   * Undefined when there is none of this id (any more).
   * @param entry Up to and with this one, on whatever branch it is; the newest one when absent.
   */
  open(id: string, entry?: string): Promise<StoredConversation | undefined>;
  /** Resolves when the entries are safe on disk. @throws Refusal when they cannot be written. */
  append(id: string, entries: readonly Entry[]): Promise<void>;
  rename(id: string, title: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** A new conversation with what was said up to and with an entry. @returns its id; undefined when the entry is not there. */
  fork(id: string, entry: string): Promise<string | undefined>;
  /** Everything is on disk when it resolves. */
  close(): Promise<void>;
}
