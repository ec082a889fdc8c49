/** How a run of tools is to go, and what may stop it. */
import type { MessageOptions } from '../../endpoints/fallback.ts';
import type { PriceTable } from '../../models/prices.ts';
import type { Message } from '../../schema/message.ts';
import type { MessageParam, MessageRequest, UserBlock } from '../../schema/request.ts';
import type { RunEvent, RunUsage, ToolCall } from './events.ts';

/** A call that waits for leave to run. */
export interface ProposedCall extends ToolCall {
  /** Whether its tool says that it changes nothing. */
  readonly readOnly: boolean;
  /** The answer that holds the call. */
  readonly message: Message;
  /** Aborted when the run is stopped: the question has become idle. */
  readonly signal: AbortSignal;
}

/** Leave, refusal with a reason that the model reads, or another input, which is checked like the model's own. */
export type Approval =
  | { readonly type: 'allow' }
  | { readonly type: 'deny'; readonly reason: string }
  | { readonly type: 'edit'; readonly input: unknown };

/** What is about to be asked. */
export interface PlannedTurn {
  /** 1, 2, … */
  readonly turn: number;
  /** The conversation that is about to be sent. */
  readonly messages: readonly MessageParam[];
  /** What the run has used so far. */
  readonly usage: RunUsage;
}

/** Changes of one turn's request. The conversation itself is not among them: see `ToolRun.continue`. */
export type TurnChanges = Partial<Omit<MessageRequest, 'messages'>>;

/** How a run goes on, whom it asks, and where it stops. */
export interface ToolRunOptions extends MessageOptions {
  /**
   * Asked before each call, one call at a time, in the order of the calls. `call.input` is a frozen copy of exactly
   * what the tool is given. Whatever is not an approval is a refusal; without `approve`, all calls run.
   */
  readonly approve?: (call: ProposedCall) => Approval | Promise<Approval>;
  /** Told of everything, as it happens. What it throws ends the run. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Called before each request: what it returns is changed in this one. */
  readonly beforeTurn?: (planned: PlannedTurn) => TurnChanges | undefined | Promise<TurnChanges | undefined>;
  /**
   * Called when the calls of an answer are answered: what it returns is said to the model behind the results, in the same
   * turn. For what the person says meanwhile; in every turn it would teach the model to stop early.
   */
  readonly interject?: () => readonly UserBlock[] | undefined | Promise<readonly UserBlock[] | undefined>;
  /** Calls that may run at once; 8 when absent. 1 where `tool_choice` disables parallel calls. */
  readonly parallel?: number;
  /** Starts tools that are `readOnly` while the answer still streams, once their input is complete. False when absent. */
  readonly eager?: boolean;
  /** Requests; 50 when absent. */
  readonly maxTurns?: number;
  /** Tokens in and out, of all requests together; looked at after each answer. No limit when absent. */
  readonly maxTokens?: number;
  /** US dollars of all requests together; looked at after each answer. No limit when absent. */
  readonly maxDollars?: number;
  /** For `maxDollars` and `RunUsage`; `priceTable` when absent. */
  readonly prices?: PriceTable;
  /** How often in a row a turn may pause on the service's side; 10 when absent. */
  readonly maxPauses?: number;
  /**
   * So many identical calls stop the run; 3 when absent. Counted anew once the model calls something that it has not
   * called before.
   */
  readonly sameCalls?: number;
  /** Has the service summarise the conversation once it is longer (beta). Not together with `context_management`. */
  readonly compaction?: {
    /** Tokens of a turn, in and out, above which the next one begins with a summary. */
    readonly above: number;
    /** In place of the service's own words on how to summarise. */
    readonly instructions?: string;
  };
  /** Said to a model that answers nothing to the results of its tools, once in a row; false to let it be. */
  readonly nudge?: string | false;
}

export type FilledOptions = ToolRunOptions &
  Required<
    Pick<ToolRunOptions, 'parallel' | 'maxTurns' | 'maxTokens' | 'maxDollars' | 'maxPauses' | 'sameCalls' | 'nudge'>
  >;

const defaults = {
  parallel: 8,
  maxTurns: 50,
  maxTokens: Infinity,
  maxDollars: Infinity,
  maxPauses: 10,
  sameCalls: 3,
  nudge: 'Please go on.',
} as const;

/** Options that are there but undefined do not switch a limit off. */
export function filled(options: ToolRunOptions): FilledOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}
