/** Takes along what the service wrote otherwise than JavaScript would, for conversations that outlive the process. */
import type { MessageParam } from '../schema/requestMessages.ts';
import { keepOriginal, originalOf } from './verbatim.ts';

/** The words of the service for a block, or for the input of a call. */
export interface Original {
  /** Number of the message in the list. */
  readonly message: number;
  /** Number of the block in it. */
  readonly block: number;
  /** Of the block's `input`; of the whole block when absent. */
  readonly input?: true;
  readonly text: string;
}

/**
 * What has to be kept beside the JSON of messages that came from the service, so that they go back in the same bytes
 * also when they were read from a disk in between. Mostly nothing.
 */
export function originalsIn(messages: readonly MessageParam[]): readonly Original[] {
  const found: Original[] = [];
  for (const [message, { content }] of messages.entries())
    for (const [block, value] of blocksOf(content).entries()) {
      const whole = originalOf(value);
      if (whole !== undefined) found.push({ message, block, text: whole });
      const input = inputOf(value);
      const words = input === undefined ? undefined : originalOf(input);
      if (words !== undefined) found.push({ message, block, input: true, text: words });
    }
  return found;
}

/** Gives messages that were read again what was kept. A text that says anything else than its value is not used. */
export function restoreOriginals(messages: readonly MessageParam[], originals: readonly Original[]): void {
  for (const { message, block, input, text } of originals) {
    const value = blocksOf(messages[message]?.content)[block];
    const target = value === undefined || input === undefined ? value : inputOf(value);
    if (target !== undefined) keepOriginal(target, text);
  }
}

function blocksOf(content: MessageParam['content']): readonly object[] {
  return Array.isArray(content) ? content : [];
}

function inputOf(block: object): object | undefined {
  const input: unknown = 'input' in block ? block.input : undefined;
  return typeof input === 'object' && input !== null ? input : undefined;
}
