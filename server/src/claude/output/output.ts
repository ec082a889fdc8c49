/** Structured output: answers of a form that a schema describes, typed, and checked once more (API reference, "Structured outputs"). */
import { ClaudeError } from '../errors.ts';
import { isTooDeep } from '../schema/depth.ts';
import type { Message } from '../schema/message.ts';
import type { JsonFormat } from '../schema/request.ts';
import {
  type InputOf,
  type JsonSchema,
  jsonSchemaOf,
  type OutputOf,
  type StandardSchema,
  type Validated,
  validated,
} from '../schema/standard.ts';
import { withEnumCase } from './enumCase.ts';
import { strictSchema } from './strictSchema.ts';

/** Copies keep it, and JSON leaves it out. */
const reading: unique symbol = Symbol('reading');

declare const writing: unique symbol;

/** An `output_config.format` that knows what its answers are: as the model writes them, and as the schema gives them. */
export interface OutputFormat<Value, Written = unknown> extends JsonFormat {
  readonly [reading]: (json: unknown) => Promise<Validated<Value>>;
  /** For the compiler alone. */
  readonly [writing]?: Written;
}

/**
 * The format of answers that fit a schema, for `output_config.format` of any request.
 *
 * The service is sent what it understands of the schema (see `strictSchema`); `messages.parse` and `outputOf` check
 * answers with the schema itself, and give what it makes of them.
 * @param given JSON Schema, for libraries whose schemas cannot write it themselves.
 * @throws ClaudeError of kind `configuration` for a schema that has no such form.
 */
export function output<Schema extends StandardSchema>(
  schema: Schema,
  given?: JsonSchema,
): OutputFormat<OutputOf<Schema>, InputOf<Schema>> {
  const written = given ?? jsonSchemaOf(schema, 'The schema of the output');
  return {
    type: 'json_schema',
    schema: strictSchema(written),
    [reading]: async (json) => {
      const checked = await validated(schema, json);
      return 'value' in checked ? checked : validated(schema, withEnumCase(json, written));
    },
  };
}

/**
 * What an answer says, as the value of its format. For answers of `create` and `stream`; `messages.parse` does it by
 * itself.
 * @throws ClaudeError, with the answer as its `partial`: of kind `refusal`, `truncated` when the answer is cut, and
 * `invalid_output` when it does not fit, with `problems`.
 */
export async function outputOf<Value>(format: OutputFormat<Value>, message: Message): Promise<Value> {
  const failure = stopFailure(message);
  if (failure !== undefined) throw failure;
  const json = jsonIn(message);
  if (json === undefined) throw invalid(message, [problemWithout(message)]);
  if (isTooDeep(json)) throw invalid(message, ['(the whole): it is nested too deep']);
  const checked = await format[reading](json);
  if ('value' in checked) return checked.value;
  throw invalid(message, checked.problems);
}

/** Answers that are none, by why they ended. */
function stopFailure(message: Message): ClaudeError | undefined {
  const details = { stage: 'body', partial: message, shouldRetry: false } as const;
  switch (message.stop_reason) {
    case 'refusal':
      return new ClaudeError('refusal', `The model did not answer${categoryOf(message)}.`, details);
    case 'max_tokens':
      return new ClaudeError('truncated', 'The answer was cut at max_tokens: allow more.', details);
    case 'model_context_window_exceeded':
      return new ClaudeError('truncated', 'The answer was cut where the context window ends: send less.', details);
    default:
      return undefined;
  }
}

function categoryOf({ stop_details: details }: Message): string {
  const category = details?.category ?? '';
  return /^\w{1,40}$/.test(category) ? ` (${category})` : '';
}

function invalid(message: Message, problems: readonly string[]): ClaudeError {
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
  const what = `The answer does not fit its schema (${problems[0] ?? 'no reason is given'}${more}).`;
  return new ClaudeError('invalid_output', what, { stage: 'body', partial: message, problems });
}

/** The JSON is the text; where the model wrote more than one text, the last one is the answer. */
function jsonIn({ content }: Message): unknown {
  const texts = content.flatMap((block) => (block.type === 'text' ? [block.text] : []));
  return parsed(texts.join('')) ?? parsed(texts.at(-1) ?? '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Said by the caller, who has nothing to check then.
    return undefined;
  }
}

function problemWithout({ content, stop_reason: reason }: Message): string {
  if (content.some(({ type }) => type === 'tool_use')) return '(the whole): it is a tool call, not an answer';
  if (reason === 'pause_turn') return '(the whole): it is not finished (pause_turn): send it back to go on';
  return '(the whole): it is not JSON';
}
