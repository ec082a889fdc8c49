/** What makes a tool definition more than data: how it is run here. */
import type { Message } from '../schema/message.ts';
import type { Tool } from '../schema/request.ts';

/** What a tool is given besides its input. */
export interface ToolContext {
  /** Aborted when the run is stopped or over: end what you do, and throw. */
  readonly signal: AbortSignal;
  /** The id of the call, `toolu_…`. */
  readonly id: string;
  /** The name that was called: the tool's, or that of a toolset's member. */
  readonly name: string;
  /** The answer that holds the call; while it still streams, what has come of it. */
  readonly message: Message;
  /** Tells whoever watches the run how far the tool has got. The model does not see it. */
  report(progress: unknown): void;
}

/** An input that fits, and what to do with it; or what does not fit. */
export type Prepared =
  | { readonly value: unknown; readonly run: (context: ToolContext) => unknown }
  | { readonly problems: readonly string[] };

export interface Behaviour {
  /** It changes nothing anywhere: it may start while the answer still streams. */
  readonly readOnly: boolean;
  /** Nothing else may run while it does. */
  readonly exclusive: boolean;
  /** @param name The tool, or the member of the toolset. */
  prepare(input: unknown, name: string): Promise<Prepared>;
}

/** Copies of a tool keep it (`{ ...tool, cache_control }`), and JSON leaves it out. */
export const behaviour: unique symbol = Symbol('behaviour');

/** A tool that this client can run. */
export interface Runnable {
  readonly [behaviour]: Behaviour;
}

/** A tool that `runTools` can run. It is also its own definition, and may stand in `tools` of any request. */
export type RunnableTool = Tool & Runnable;

export function behaviourOf(tool: object): Behaviour | undefined {
  return isRunnable(tool) ? tool[behaviour] : undefined;
}

function isRunnable(tool: object): tool is Runnable {
  return behaviour in tool;
}
