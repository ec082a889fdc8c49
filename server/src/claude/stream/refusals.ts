/** Which models refused before another one answered. */
import type { Call } from '../call.ts';
import type { Message } from '../schema/message.ts';

/** Asks the next model, in place of one that refused; undefined when there is none left. */
export type Another = () => Call | undefined;

/** Beside the messages: a field that the service did not send must not go back to it. */
const refusals = new WeakMap<Message, readonly Message[]>();

/**
 * The answers of other models that refused before this one was asked (see `fallbackModels`), in their order; empty for
 * most messages. They were billed as well.
 */
export function refusalsBefore(message: Message): readonly Message[] {
  return refusals.get(message) ?? [];
}

export function keepRefusals(message: Message, refused: readonly Message[]): void {
  if (refused.length > 0) refusals.set(message, refused);
}
