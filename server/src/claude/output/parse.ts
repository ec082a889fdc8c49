/** Asks for an answer of a form, checks it, and asks again where that was agreed. */
import { type Answer, type Answered, answerOf } from '../caller.ts';
import { ClaudeError } from '../errors.ts';
import type { Message } from '../schema/message.ts';
import type { MessageParam, MessageRequest, OutputConfig } from '../schema/request.ts';
import { problemList } from '../schema/standard.ts';
import { type OutputFormat, outputOf } from './output.ts';

/** A request whose answers have a form. */
export interface OutputRequest<Value> extends MessageRequest {
  /** The form of the answer: `format` is `output(schema)`. */
  readonly output_config: OutputConfig & { readonly format: OutputFormat<Value> };
}

/** What the answers to a request are. */
export type FormOf<Request> = Request extends { readonly output_config: { readonly format: OutputFormat<infer Value> } }
  ? Value
  : unknown;

/** What happens to an answer that does not fit. */
export interface RepairOptions {
  /** How often the model may be asked again, with a list of what does not fit. 0 when absent. */
  readonly repairs?: number;
}

/** A value, and the answers that it took. */
export interface Parsed<Value> {
  /** The answer, checked by the schema. */
  readonly value: Value;
  /** The answer that the value is from. */
  readonly message: Message;
  /** Answers before it that did not fit. They cost, too. */
  readonly rejected: readonly Message[];
}

/** @param create Asks once. */
export function parsedAnswer<Value>(
  create: (params: MessageRequest) => Answer<Message>,
  params: OutputRequest<Value>,
  repairs: number,
): Answer<Parsed<Value>> {
  return answerOf(askUntilRight(create, params, repairs));
}

async function askUntilRight<Value>(
  create: (params: MessageRequest) => Answer<Message>,
  params: OutputRequest<Value>,
  repairs: number,
): Promise<Answered<Parsed<Value>>> {
  const rejected: Message[] = [];
  for (let messages = params.messages; ; ) {
    const { data: message, response } = await create({ ...params, messages }).withResponse();
    try {
      return { data: { value: await outputOf(params.output_config.format, message), message, rejected }, response };
    } catch (error) {
      if (!(error instanceof ClaudeError)) throw error;
      if (!isRepairable(error, message) || rejected.length >= repairs)
        throw error.withDetails({ requestId: response.requestId });
      rejected.push(message);
      messages = [...messages, ...complaint(message, error.problems ?? [])];
    }
  }
}

/** Only an answer that is an answer can be asked for again. */
function isRepairable({ kind }: ClaudeError, { content }: Message): boolean {
  return kind === 'invalid_output' && content.length > 0 && !content.some(({ type }) => type === 'tool_use');
}

function complaint({ content }: Message, problems: readonly string[]): readonly MessageParam[] {
  const text = `Your answer does not fit what was asked for:\n${problemList(problems)}\nAnswer again, with the whole JSON.`;
  return [
    { role: 'assistant', content },
    { role: 'user', content: text },
  ];
}
