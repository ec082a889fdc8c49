/** The messages endpoint: whole answers, streams, and counting (API section 2). */
import type { Call } from '../call.ts';
import { type Answer, answerOf, type Caller, json } from '../caller.ts';
import type { Clock } from '../clock.ts';
import type { Accepted, AcceptedCount, AcceptedStream, Drafts, IfDeprecated } from '../models/accepted.ts';
import type { Admit } from '../models/admit.ts';
import type { RequestOptions } from '../options.ts';
import { type FormOf, type OutputRequest, type Parsed, parsedAnswer, type RepairOptions } from '../output/parse.ts';
import type { TokenCount } from '../schema/endpoints.ts';
import type { Message } from '../schema/message.ts';
import type { CountTokensRequest, MessageRequest } from '../schema/request.ts';
import { createMessageStream, type MessageStream } from '../stream/messageStream.ts';
import type { ToolRunOptions } from '../tools/run/options.ts';
import { createToolRun, type ToolRun } from '../tools/run/toolRun.ts';
import type { Batches } from './batches.ts';
import { countable } from './counted.ts';
import { type MessageOptions, successors } from './fallback.ts';

/**
 * What the API would refuse does not compile where the request is given literally: the error is a sentence. What is
 * known only at run time (a `model: string`, a request of type `MessageRequest`) is checked before it is sent. Generic
 * functions give such requests: of a type parameter nothing is known yet.
 *
 * Each method has two signatures only so that editors strike out calls with a deprecated model. Whichever does not
 * fit the model asks for arguments that nobody has: so errors never come from both. The one for all other models is
 * the first, since editors take the first for calls that are in error.
 */
export interface Messages {
  /**
   * An answer as a whole. It is streamed underneath, so that long answers do not run into a timeout.
   * @throws ClaudeError; a refusal is not one: see `stop_reason`.
   */
  create<const Request extends Drafts['create']>(
    params: Accepted<Request>,
    ...options: IfDeprecated<Request['model'], Impossible, Options>
  ): Answer<Message>;
  /**
   * @deprecated This model will be retired: `endOf(model)` says when, and what to use instead.
   * @throws ClaudeError
   */
  create<const Request extends Drafts['create']>(
    params: Accepted<Request>,
    ...options: IfDeprecated<Request['model'], Options, Impossible>
  ): Answer<Message>;
  /** An answer while it comes. Nothing is sent before it is read or started; bad requests throw there, too. */
  stream<const Request extends Drafts['stream']>(
    params: AcceptedStream<Request>,
    ...options: IfDeprecated<Request['model'], Impossible, Options>
  ): MessageStream;
  /** @deprecated This model will be retired: `endOf(model)` says when, and what to use instead. */
  stream<const Request extends Drafts['stream']>(
    params: AcceptedStream<Request>,
    ...options: IfDeprecated<Request['model'], Options, Impossible>
  ): MessageStream;
  /**
   * An answer of a form, typed and checked: `output_config.format` is `output(schema)`.
   * @throws ClaudeError, also where `create` does not: of kind `refusal`, `truncated` for an answer cut by `max_tokens`
   * or the context window, `invalid_output` for one that does not fit after all `repairs`. Its `partial` is the answer.
   */
  parse<const Request extends Drafts['create'] & Pick<OutputRequest<unknown>, 'output_config'>>(
    params: Accepted<Request>,
    options?: MessageOptions & RepairOptions,
  ): Answer<Parsed<FormOf<Request>>>;
  /**
   * A conversation in which the model's calls of tools are run: those of `tools` that `tool`, `textEditorTool`,
   * `memoryTool`, `toolset` or `mcpTools` have made. Nothing is sent before it is read; bad requests throw there, too.
   * A tool that `tool_choice` forces is forced in the first turn only.
   */
  runTools<const Request extends Drafts['stream']>(params: AcceptedStream<Request>, options?: ToolRunOptions): ToolRun;
  /** Tokens of a request, estimated by the service without charge. What is not counted is not sent. */
  countTokens<const Request extends Drafts['count']>(
    params: AcceptedCount<Request>,
    options?: RequestOptions,
  ): Answer<TokenCount>;
  /** Many requests at once, at half the price, answered within a day. */
  readonly batches: Batches;
}

type Options = [options?: MessageOptions];

/** Arguments that no call has. */
type Impossible = [never, never, never];

const path = '/v1/messages';

/** The methods as they are at run time: any request, checked when it is sent. */
interface AnyMessages {
  readonly batches: Batches;
  create(params: MessageRequest, options?: MessageOptions): Answer<Message>;
  stream(params: MessageRequest, options?: MessageOptions): MessageStream;
  parse<Value>(params: OutputRequest<Value>, options?: MessageOptions & RepairOptions): Answer<Parsed<Value>>;
  runTools(params: MessageRequest, options?: ToolRunOptions): ToolRun;
  countTokens(params: CountTokensRequest, options?: RequestOptions): Answer<TokenCount>;
}

/** What the methods work with. */
export interface MessageParts {
  readonly admit: Admit;
  readonly batches: Batches;
  readonly clock: Clock;
}

export function createMessages(caller: Caller, { admit, batches, clock }: MessageParts): Messages {
  const stream = (
    params: MessageRequest,
    options: MessageOptions | undefined,
    operation: 'messages.stream' | 'messages.create' | 'messages.runTools',
  ): MessageStream => {
    const begin = (asked: MessageRequest): Call => {
      const betas = admit(asked, 'stream', options);
      return caller.call(
        { operation, ...factsOf(asked), method: 'POST', path, betas, body: { ...asked, stream: true } },
        options,
      );
    };
    const whole = operation === 'messages.create';
    return createMessageStream(() => begin(params), { another: successors(params, options, begin), whole });
  };
  const create = (params: MessageRequest, options: MessageOptions | undefined): Answer<Message> => {
    if (params.max_tokens !== 0) return streamedAnswer(stream(params, options, 'messages.create'));
    return json(
      () => {
        const betas = admit(params, 'create', options);
        return caller.call(
          { operation: 'messages.create', ...factsOf(params), method: 'POST', path, betas, body: params },
          options,
        );
      },
      (checks) => checks.message,
      (message) => message,
    );
  };
  const messages: AnyMessages = {
    batches,
    stream: (params, options) => stream(params, options, 'messages.stream'),
    create,
    runTools: (params, options) =>
      createToolRun({ clock, stream: (asked, more) => stream(asked, more, 'messages.runTools') }, params, options),
    parse: (params, options) => parsedAnswer((asked) => create(asked, options), params, options?.repairs ?? 0),
    countTokens: (params, options) =>
      json(
        () => {
          const body = countable(params);
          const betas = admit(body, 'count', options);
          const operation = 'messages.countTokens';
          return caller.call(
            { operation, model: body.model, method: 'POST', path: `${path}/count_tokens`, betas, body },
            options,
          );
        },
        (checks) => checks.tokenCount,
      ),
  };
  // The signatures of `Messages` only say more about which requests compile: all of them are such requests.
  return messages as Messages;
}

function streamedAnswer(stream: MessageStream): Answer<Message> {
  const whole = async () => {
    const data = await stream.finalMessage();
    const { response } = stream;
    // A message came, so its headers did.
    return { data, response: response ?? { status: 200, headers: {}, requestId: undefined } };
  };
  return answerOf(whole());
}

function factsOf({ model, max_tokens: maxTokens, speed }: MessageRequest) {
  return { model, maxTokens, speed: speed ?? undefined };
}
