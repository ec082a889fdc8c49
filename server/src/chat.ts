/** A chat as its surfaces see it: the engine is `agent/`, documents and panels are views of it. Interfaces only. */
import type { Effort, Settings } from '#shared/settings.ts';
import type { MessageParam, MessageRequest, UserBlock } from './claude/index.ts';
import type { ApprovalRequest, Attached, Entry, People, Question, Source, StoredConversation } from './ports.ts';
import type { Mode, TodoItem } from './tool.ts';

/** What the person says, put together with all that goes along. Everything in it is as it may leave. */
export interface ComposedTurn {
  /** As it was typed. */
  readonly text: string;
  readonly content: readonly UserBlock[];
  readonly attached: readonly Attached[];
  readonly sources: readonly Source[];
  readonly replaced: readonly string[];
  /** Estimated, of all of it. */
  readonly tokens: number;
  /** What the person should know of it, a sentence each: what was not sent, and what a command of theirs stands for. */
  readonly notices?: readonly string[];
  /** Files or other data go along: see `ToolAnswer.isData`. */
  readonly isData: boolean;
  /** `/compact` is no question. */
  readonly command?: 'compact';
}

/** Makes requests of what was said: the words are the feature's, the loop is the engine's. */
export interface ChatWords {
  /** The same bytes for the same conversation, turn after turn, up to the last of `messages` (API reference, "Prompt caching"). */
  request(messages: readonly MessageParam[], settings: Settings, mode: Mode): MessageRequest;
  /** What the model is told at the next question: the fate of its edits, another mode. Empty where there is nothing. */
  news(news: { readonly outcomes: readonly string[]; readonly mode: Mode | undefined }): string;
  /** A title of a few words, from the first question. */
  title(text: string): string;
}

export interface SendOptions {
  /** Asks again from here: the entry before the question. Undefined goes on from the newest; null begins anew. */
  readonly after?: string | null;
  /** While it works: `queue` waits for the end, `steer` is said with the next results. `queue` when absent. */
  readonly meanwhile?: 'queue' | 'steer';
}

/** How a turn of the person ended. */
export type ChatEnding = 'finished' | 'stopped' | 'limit' | 'failed' | 'refused';

export interface ChatState {
  readonly running: boolean;
  readonly mode: Mode;
  /** Of the next request. */
  readonly model: string;
  readonly effort: Effort;
  readonly queued: readonly string[];
  readonly approvals: readonly ApprovalRequest[];
  readonly questions: readonly Question[];
  readonly todo: readonly TodoItem[];
  /** What is allowed without asking until the server ends, a line each (threats S18). */
  readonly granted: readonly string[];
  /** The last answer is a plan: it was given in the mode Plan, and nothing was asked since. */
  readonly planned: boolean;
  /** What comes right now, and is in no entry yet. `id`: of the entry that the answer will be; `calls`: of the whole turn. */
  readonly live:
    | {
        readonly id: string;
        /** The question is an entry: the last turn is this one. */
        readonly isAsked: boolean;
        readonly text: string;
        readonly thinking: string;
        /** The answer's pieces in their order. */
        readonly parts: readonly LivePart[];
        readonly calls: readonly LiveCall[];
      }
    | undefined;
  /** Of this conversation since it was begun. */
  readonly dollars: number | undefined;
  /** Tokens of the last request and answer, and the window of the model. */
  readonly context: { readonly tokens: number; readonly window: number };
}

export type LivePart =
  | { readonly is: 'text' | 'thinking'; readonly text: string }
  | { readonly is: 'call'; readonly id: string };

export interface LiveCall {
  readonly id: string;
  readonly tool: string;
  readonly title: string;
  readonly state: 'writing' | 'waiting' | 'running' | 'done' | 'failed' | 'denied' | 'refused' | 'stopped' | 'skipped';
  /** The last of what it said of itself. */
  readonly detail: string;
}

export type ChatEvent =
  /** A piece of the answer's text. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly text: string }
  | { readonly type: 'call'; readonly call: LiveCall }
  /** It is on the disk. */
  | { readonly type: 'entry'; readonly entry: Entry }
  /** Anything of the state that is not told by the others. */
  | { readonly type: 'state' }
  /** `kind`: of the failure, as of a `Refusal`. */
  | { readonly type: 'ended'; readonly ending: ChatEnding; readonly message?: string; readonly kind?: string };

export interface Chat {
  readonly id: string;
  state(): ChatState;
  stored(): StoredConversation;
  /** Resolves when the turn has ended, and is on the disk. @throws Refusal when it cannot begin. */
  send(turn: ComposedTurn, options?: SendOptions): Promise<ChatEnding>;
  /**
   * Makes something ready to be sent. What is asked meanwhile stands in the state like everything that waits for the
   * person, and `stop` ends it. @throws Refusal of kind `stopped` then; the signal's reason.
   */
  preparing<Result>(
    make: (people: Pick<People, 'approve'>, signal: AbortSignal) => Promise<Result>,
    signal: AbortSignal,
  ): Promise<Result>;
  /** At once, whatever runs or is made ready. What was said meanwhile and nobody has heard is not said any more, and is given back. */
  stop(): readonly string[];
  unqueue(at: number): void;
  setMode(mode: Mode): void;
  /** From the next question on, and until the server ends. @throws Refusal for a model that nobody knows. */
  choose(wanted: { readonly model?: string | undefined; readonly effort?: Effort | undefined }): void;
  /** Takes back all of `ChatState.granted`. */
  withdraw(): void;
  watch(listener: (event: ChatEvent) => void): () => void;
}

/** Open chats of this server. */
export interface Chats {
  begin(): Promise<Chat>;
  open(id: string): Promise<Chat | undefined>;
  fork(id: string, entry: string): Promise<Chat | undefined>;
  rename(id: string, title: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Hears of each chat that may have begun, ended, or come to wait for the person. */
  watch(listener: (chat: Chat) => void): () => void;
  close(): Promise<void>;
}
