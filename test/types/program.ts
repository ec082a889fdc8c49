/** Small programs that ask the client for something, as text. */

/** A program that must not compile, and what the compiler must say of it. */
export type Wrong = readonly [title: string, code: string, says: string];

/** A program that must compile. */
export type Right = readonly [title: string, code: string];

/** A question to that model, with more fields. */
export function ask(model: string, fields = ''): string {
  return create(`model: '${model}', max_tokens: 2000, messages: hi, ${fields}`);
}

/** A question to a model that takes most things, with these messages. */
export function say(messages: string, fields = ''): string {
  return create(`model: 'claude-opus-5', max_tokens: 2000, messages: [${messages}], ${fields}`);
}

export function create(fields: string): string {
  return `claude.messages.create({ ${fields} });`;
}

export function stream(fields: string): string {
  return `claude.messages.stream({ ${fields} });`;
}

export function count(fields: string): string {
  return `claude.messages.countTokens({ ${fields} });`;
}

/** The lines before each program. */
export const prelude = `import * as z from 'zod';
import { output, tool } from 'gloss-language-server/claude';
import type {
  AcceptedBatch, BatchMessageRequest, BatchRequest, Claude, ContentBlock, CustomTool, Effort, Message, MessageParam, MessageRequest,
  RunnableTool, Thinking, Tool,
} from 'gloss-language-server/claude';
declare const claude: Claude;
declare function batched<const Request extends BatchMessageRequest>(params: AcceptedBatch<Request>): void;
const hi = [{ role: 'user', content: 'hi' }] as const;
const run = { name: 'run', description: 'Runs.', input_schema: { type: 'object' } } as const;
const schema = { type: 'object', properties: {}, additionalProperties: false } as const;
const format = { type: 'json_schema', schema } as const;
const City = z.object({ name: z.string() });
declare const textEditor: RunnableTool;
declare const answer: Message;
declare const history: readonly MessageParam[];
declare const wide: MessageRequest;
declare const some: string;
declare const any: any;
`;
