/** A long conversation gives way to a summary: the service's own where it offers that, else one that the model writes. */

import type { Usage } from '#shared/usage.ts';
import { ClaudeError, type Message, type MessageParam, type MessageRequest, modelRules } from '../claude/index.ts';
import type { Answer, ChatWorld } from '../ports.ts';
import { paidFor } from './paid.ts';

export interface Summary {
  /** What the model reads in place of everything before. */
  readonly turns: readonly MessageParam[];
  readonly usage: Usage;
  readonly receipt: string;
  readonly answer: Answer;
}

export interface CompactParts {
  readonly world: Pick<ChatWorld, 'outgoing' | 'log'>;
  readonly signal: AbortSignal;
  readonly purpose: string;
  readonly excludedFiles: readonly string[];
}

/** Undefined when there is no summary to be had. @throws as `Outgoing.ask`. */
export async function compacted(parts: CompactParts, request: MessageRequest): Promise<Summary | undefined> {
  const rest = questionIn(request.messages);
  if (modelRules(request.model)?.features?.compact_20260112 !== false) {
    try {
      const answer = await ask(parts, { ...request, compaction: { type: 'summarize' } });
      const content = answer.message.content.filter(({ type }) => type === 'compaction');
      const isThere = content.some((block) => 'content' in block && typeof block.content === 'string');
      if (isThere) return summaryOf(answer, [{ role: 'assistant', content }, ...rest]);
      parts.world.log.warn('the service made no summary; the model is asked for one');
    } catch (error) {
      if (!(error instanceof ClaudeError) || !notOffered.has(error.kind)) throw error;
      parts.world.log.warn(`the service does not summarise: ${error.message}`);
    }
  }
  const answer = await ask(parts, summarising(request));
  const text = textOf(answer.message);
  if (text === '') return undefined;
  const said = { role: 'user', content: [{ type: 'text', text: `${heading}\n\n${text}` }] } as const;
  return summaryOf(answer, [said, ...rest]);
}

/** What a service answers that knows no summaries, or not for this account. */
const notOffered: ReadonlySet<string> = new Set(['invalid_request', 'not_found', 'permission', 'configuration']);

const heading = 'This is a summary of our conversation so far, which you wrote. Go on from here.';

const instruction = `Summarise this conversation for yourself, so that you can go on without it: what the developer wants, what was decided, which files were read and changed and what matters in them (paths and names exactly), what the developer accepted and rejected and why, what is still to be done. Write nothing else, and call no tool.`;

function summarising(request: MessageRequest): MessageRequest {
  const last = request.messages.at(-1);
  const said = { type: 'text', text: instruction } as const;
  const blocks = last?.role === 'user' && Array.isArray(last.content) ? last.content : undefined;
  const messages: readonly MessageParam[] =
    blocks === undefined
      ? [...request.messages, { role: 'user', content: [said] }]
      : [...request.messages.slice(0, -1), { role: 'user', content: [...blocks, said] }];
  return { ...request, messages, tool_choice: { type: 'none' } };
}

/** A question that nobody has answered yet is asked again behind the summary. */
function questionIn(turns: readonly MessageParam[]): readonly MessageParam[] {
  const last = turns.at(-1);
  if (last?.role !== 'user') return [];
  const isQuestion = typeof last.content === 'string' || last.content.every(({ type }) => type !== 'tool_result');
  return isQuestion ? [last] : [];
}

function ask({ world, signal, purpose, excludedFiles }: CompactParts, request: MessageRequest): Promise<Answer> {
  return world.outgoing.ask(
    { purpose: `${purpose} (summary)`, request, sources: [], replaced: [], excludedFiles },
    {},
    signal,
  );
}

function summaryOf(answer: Answer, turns: readonly MessageParam[]): Summary {
  return { turns, usage: paidFor(answer), receipt: answer.receipt, answer };
}

function textOf({ content }: Message): string {
  return content
    .map((block) => (block.type === 'text' && typeof block.text === 'string' ? block.text : ''))
    .join('')
    .trim();
}
