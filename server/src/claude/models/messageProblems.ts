/** What may not stand in messages in this version of the API, whatever the model. */
import type { MessageParam } from '../schema/request.ts';
import type { Problem } from './problem.ts';

const mostMessages = 100_000;

/** The first thing wrong with the messages. */
export function messageProblem(messages: readonly MessageParam[]): Problem | undefined {
  if (!Array.isArray(messages) || messages.length === 0)
    return { field: 'messages', text: 'messages is empty. Add at least one user message.' };
  if (messages.length > mostMessages)
    return { field: 'messages', text: `There are more than ${mostMessages} messages. Send fewer.` };
  for (const [at, message] of messages.entries()) {
    const problem = problemOf(message, `messages.${at}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOf({ role, content }: MessageParam, place: string): Problem | undefined {
  if (role !== 'user' && role !== 'assistant' && role !== 'system')
    return { field: `${place}.role`, text: `${place}.role must be user, assistant or system.` };
  if (typeof content === 'string') return undefined;
  if (!Array.isArray(content))
    return { field: `${place}.content`, text: `${place}.content must be text or a list of blocks.` };
  for (const [at, block] of content.entries()) {
    const problem = blockProblem(role, block, `${place}.content.${at}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function blockProblem(role: string, block: unknown, field: string): Problem | undefined {
  if (typeof block !== 'object' || block === null || !('type' in block))
    return { field, text: `${field} is not a block with a type.` };
  if (role === 'assistant' && block.type === 'document')
    return { field, text: `${field} is a document in an assistant message. Move it to a user message.` };
  if (
    role === 'user' &&
    block.type === 'text' &&
    'citations' in block &&
    Array.isArray(block.citations) &&
    block.citations.length > 0
  )
    return { field, text: `${field} is text with citations in a user message. Leave the citations out.` };
  return undefined;
}
