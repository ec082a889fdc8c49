/** What a tool is: something Claude may ask us to do, with its effect. One file each in `tools/`. */
import type * as z from 'zod';
import type { ChatWorld, Fact, Source, ToolStep } from './ports.ts';

/**
 * `reads`: looks at the workspace or asks the editor. `edits`: proposes changes through the ledger. `runs`: starts a
 * process. `tells`: only speaks with the person.
 */
export type Effect = 'reads' | 'edits' | 'runs' | 'tells';

/** How much may be done unasked: each step is stricter than the one before. */
export type Mode = 'acceptEdits' | 'ask' | 'plan';

/** A call with the values that count: permissions judge it, people are shown it, and exactly it is done (threats S4, S17). */
export interface Effective {
  readonly tool: string;
  readonly effect: Effect;
  /** In a line for the transcript: "Read src/a.ts, lines 1 to 40". */
  readonly title: string;
  /** Every value that matters, in the order in which it is shown. */
  readonly facts: readonly Fact[];
  /** What rules are held against: paths below their workspace folders, or the program and its arguments. */
  readonly subjects: readonly string[];
  /** May be remembered for the session: exact arguments without a shell, never a protected file (threats S13). */
  readonly isRememberable: boolean;
  /** Always asked about, a sentence each: protected files, shell text. */
  readonly mustAsk: readonly string[];
  /** What it does waits in the editor until the person accepts or rejects it: mode `ask` needs no leave before. */
  readonly isReviewed?: boolean;
}

/** Of a call that cannot be done at all: the model is told why. */
export interface Impossible {
  readonly impossible: string;
}

export interface ToolAnswer {
  /** For the model. As it may leave: tools that read clean the whole text before they cut it. */
  readonly text: string;
  readonly failed?: boolean;
  /** Instructions may hide in it: it holds text of files, programs or names (threats S25). */
  readonly isData: boolean;
  /** Documents that it quotes, for the receipt. */
  readonly sources?: readonly Source[];
  /** What was replaced in it before it may leave. */
  readonly replaced?: readonly string[];
  /** Edit groups that it made. */
  readonly groups?: readonly string[];
}

/** What lasts for a conversation while it is open, shared by its tools. */
export interface ToolSession {
  readonly conversation: string;
  readonly mode: Mode;
  todo: readonly TodoItem[];
  /** Documents that this conversation has changed: saved before a command runs. */
  readonly changed: Set<string>;
  /** The person's question that this belongs to, in short: what edits are called in the editor. */
  readonly title: string;
  /** Tools' own state that lasts as long, by tool. */
  readonly kept: Map<string, unknown>;
}

export interface TodoItem {
  readonly text: string;
  readonly state: 'open' | 'doing' | 'done';
}

export interface ToolContext
  extends Pick<
    ChatWorld,
    | 'documents'
    | 'providers'
    | 'files'
    | 'settings'
    | 'outgoing'
    | 'ledger'
    | 'people'
    | 'search'
    | 'shell'
    | 'log'
    | 'trust'
    | 'locale'
  > {
  readonly session: ToolSession;
  /** `toolu_…` */
  readonly call: string;
  readonly signal: AbortSignal;
  /** What it does right now, for the person. Plain text. */
  report(text: string): void;
}

export interface Tool<Input = unknown> {
  readonly name: string;
  readonly effect: Effect;
  /** Three or four sentences for the model. */
  readonly description: string;
  readonly input: z.ZodType<Input>;
  /** No other call runs beside it. */
  readonly isExclusive?: boolean;
  /** Looks, and changes nothing. The same object is given to `run`, whatever was approved in between. */
  effective(context: ToolContext, input: Input): Promise<Effective | Impossible>;
  run(context: ToolContext, input: Input, effective: Effective): Promise<ToolAnswer>;
  /** The input while it comes: only for tools whose effect may begin before the call is whole (edits that grow). */
  grow?(context: ToolContext, step: ToolStep): Promise<void>;
  /** The input will not be whole, or the call is not to be done: what has grown goes. */
  abandon?(context: ToolContext, reason: string): Promise<void>;
}

/** Keeps the input's type inside: the list of tools is mixed, and each checks its own input. */
export function defineTool<Input>(tool: Tool<Input>): Tool {
  return tool as unknown as Tool; // `input` checks what `effective` and `run` are given.
}
