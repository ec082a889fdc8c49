/** The door out: questions to the service, and what comes back. */
import type { Usage } from '#shared/usage.ts';
import type { Message, MessageRequest, RunStream } from '../claude/index.ts';

/** A piece of a document that goes into a request, for the filter and the receipt. */
export interface Source {
  readonly uri: string;
  /** Zero-based first and last line. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Why it is there, in a word: 'code', 'imports', 'enclosing'. */
  readonly part: string;
}

/** What was said in a conversation, up to and with an entry, as a model gets it. */
export interface SaidPlace {
  readonly conversation: string;
  readonly entry: string;
  readonly model: string;
}

/** A question to the service, with where its material comes from. */
export interface Ask {
  /** What it is for, as the receipt names it. */
  readonly purpose: string;
  readonly request: MessageRequest;
  readonly sources: readonly Source[];
  /** What `Outgoing.clean` replaced in the material, a line each. */
  readonly replaced: readonly string[];
  /** What of it is context, where that was counted. */
  readonly context?: CountedContext;
  /** More patterns of files that must not leave, from the settings. */
  readonly excludedFiles: readonly string[];
  /** Where the request's messages are kept: its receipt names the place instead of copying them. */
  readonly said?: SaidPlace;
  /** Asked in this order when the model refuses. */
  readonly fallbackModels?: readonly string[];
  /** Nobody asked for it, so nobody is asked anything for it, such as whether a key may go to another host. */
  readonly unasked?: true;
  /** Milliseconds after which an answer is worth nothing: there is one attempt, and no waiting for the service's limits. */
  readonly within?: number;
  /** Whoever reads it leaves as soon as enough has come: the receipt says so, as nothing went wrong then. */
  readonly untilEnough?: true;
}

/** What goes along with a question, in tokens as they were estimated before sending. */
export interface CountedContext {
  readonly tokens: number;
  /** The most there may be. */
  readonly budget: number;
  /** Each kind of document, in the order in which they are sent. */
  readonly parts: readonly { readonly part: string; readonly tokens: number }[];
}

/** A text as it may leave. */
export interface Cleaned {
  /** With as many lines as before. */
  readonly text: string;
  /** One line for each kind of thing that was replaced. */
  readonly replaced: readonly string[];
}

export interface Answer {
  readonly message: Message;
  readonly usage: Usage;
  /** Opens the receipt in the editor. */
  readonly receipt: string;
  readonly demo: boolean;
  /** What the person should know: secrets replaced, invisible characters shown. */
  readonly notices: readonly string[];
}

/** Hears an answer while it comes. Whoever takes long slows the service down. */
export interface Hearing {
  text?(text: string): void | Promise<void>;
  /** What the model thinks, where the service tells it. */
  thinking?(text: string): void | Promise<void>;
  /** A block of text has ended: what the model cites for it, as the service gave it, unchecked. */
  textEnd?(citations: readonly unknown[]): void | Promise<void>;
  /** Each piece of a tool's input, and its end. */
  tool?(step: ToolStep): void | Promise<void>;
}

/** A tool's input on its way. */
export interface ToolStep {
  /** The id of the call, which its result has to name. */
  readonly id: string;
  readonly name: string;
  /** `open` while it comes; `invalid` when the model wrote no JSON object. */
  readonly state: 'open' | 'complete' | 'invalid' | 'cut';
  /** As far as it can be read: one object that goes on growing. */
  readonly value: unknown;
}

export interface AnswerStream extends RunStream {
  /** Once the answer is whole. */
  readonly answer: Answer | undefined;
}

/** The one door out. Everything that leaves this machine passes here: filtered, recorded, priced. */
export interface Outgoing {
  /**
   * A document's text as it may leave. Call it on the text as it stands in the file, before it is cut or numbered:
   * what a secret looks like depends on its whole line, and a private key has a beginning and an end.
   */
  clean(text: string): Promise<Cleaned>;
  /** Whether a document may leave: what is drawn into a request unasked is looked at before, and left out in silence (threats S12). */
  mayLeave(uri: string, excludedFiles: readonly string[]): Promise<boolean>;
  /** Whether the demo backend would answer; undefined where nobody would, for want of a key. */
  isDemo(signal: AbortSignal): Promise<boolean | undefined>;
  /**
   * Asks, and hands on the answer as it comes.
   * @throws Refusal when something in it must not leave or no key is there; ClaudeError when the service fails.
   */
  ask(ask: Ask, hearing: Hearing, signal: AbortSignal): Promise<Answer>;
}

/** The door with what chats need of it: it is open when they begin. */
export interface ChatOutgoing extends Outgoing {
  /**
   * The same for a loop that reads the events itself. Nothing is sent before it is read; `hearing` hears each event
   * before the reader. @throws as `ask`, while it is read.
   */
  stream(ask: Ask, hearing: Hearing, signal: AbortSignal): AnswerStream;
}
