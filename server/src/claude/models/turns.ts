/** Messages of one role that follow each other count as one turn (API reference, "Messages"). */
import { fieldOf } from './values.ts';

export interface Turn {
  readonly role: unknown;
  /** Position of the first message. */
  readonly from: number;
  /** Position after the last one. */
  readonly to: number;
}

export function turnsOf(messages: readonly unknown[]): readonly Turn[] {
  const turns: Turn[] = [];
  let from = 0;
  for (let at = 1; at <= messages.length; at++) {
    const role = fieldOf(messages[from], 'role');
    if (at < messages.length && fieldOf(messages[at], 'role') === role) continue;
    turns.push({ role, from, to: at });
    from = at;
  }
  return turns;
}

/** @param visit Given the block, or the content that is text, with the positions of message and block. */
export function eachBlock(
  messages: readonly unknown[],
  { from, to }: Turn,
  visit: (block: unknown, message: number, at: number | undefined) => void,
): void {
  for (let message = from; message < to; message++) {
    const content = fieldOf(messages[message], 'content');
    if (Array.isArray(content)) for (const [at, block] of content.entries()) visit(block, message, at);
    else if (content !== undefined) visit(content, message, undefined);
  }
}
