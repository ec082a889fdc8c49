/** What stands in the turns of a conversation: words, calls of tools, and what these answered. */
import type { MessagesBody } from './body.ts';

export type Turn = MessagesBody['messages'][number];

export interface CallBlock {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

export interface ResultBlock {
  /** Of the call. */
  readonly id: string;
  readonly text: string;
  readonly isError: boolean;
}

export function callsIn({ role, content }: Turn): readonly CallBlock[] {
  if (role !== 'assistant' || typeof content === 'string') return [];
  return content
    .filter(({ type }) => type === 'tool_use')
    .map((block) => ({ id: String(block['id']), name: String(block['name']), input: block['input'] }));
}

export function resultsIn({ role, content }: Turn): readonly ResultBlock[] {
  if (role !== 'user' || typeof content === 'string') return [];
  return content
    .filter(({ type }) => type === 'tool_result')
    .map((block) => ({
      id: String(block['tool_use_id']),
      text: textOf({ content: block['content'] }),
      isError: block['is_error'] === true,
    }));
}

/** The last turn of the person that is more than results of tools; -1 for none. */
export function askedAt(messages: readonly Turn[]): number {
  return messages.findLastIndex((turn) => turn.role === 'user' && resultsIn(turn).length === 0);
}

/** The texts of a turn, joined. */
export function textOf(turn: { readonly content?: unknown } | undefined, joint = ''): string {
  const content = turn?.content;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block: { readonly text?: unknown }) => (typeof block?.text === 'string' ? block.text : ''))
    .join(joint);
}
