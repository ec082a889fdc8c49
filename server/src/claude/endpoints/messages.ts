/** The messages endpoint: whole answers, streams, and counting (API section 2). */
import type { Call } from '../call.ts';
import { type Answer, answerOf, type Caller, json } from '../caller.ts';
import type { Admit } from '../models/admit.ts';
import type { RequestOptions } from '../options.ts';
import { type OutputRequest, type Parsed, parsedAnswer, type RepairOptions } from '../output/parse.ts';
import type { TokenCount } from '../schema/endpoints.ts';
import type { Message } from '../schema/message.ts';
import type { CountTokensRequest, MessageRequest } from '../schema/request.ts';
import { createMessageStream, type MessageStream } from '../stream/messageStream.ts';
import { type MessageOptions, successors } from './fallback.ts';

export interface Messages {
  /**
   * An answer as a whole. It is streamed underneath, so that long answers do not run into a timeout.
   * @throws ClaudeError; a refusal is not one: see `stop_reason`.
   */
  create(params: MessageRequest, options?: MessageOptions): Answer<Message>;
  /** An answer while it comes. Nothing is sent before it is read or started; bad requests throw there, too. */
  stream(params: MessageRequest, options?: MessageOptions): MessageStream;
  /**
   * An answer of a form, typed and checked: `output_config.format` is `output(schema)`.
   * @throws ClaudeError, also where `create` does not: of kind `refusal`, `truncated` for an answer cut by `max_tokens`
   * or the context window, `invalid_output` for one that does not fit after all `repairs`. Its `partial` is the answer.
   */
  parse<Value>(params: OutputRequest<Value>, options?: MessageOptions & RepairOptions): Answer<Parsed<Value>>;
  /** Tokens of a request, estimated by the service without charge. */
  countTokens(params: CountTokensRequest, options?: RequestOptions): Answer<TokenCount>;
}

const path = '/v1/messages';

export function createMessages(caller: Caller, admit: Admit): Messages {
  const stream = (
    params: MessageRequest,
    options: MessageOptions | undefined,
    operation: 'messages.stream' | 'messages.create',
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
  return {
    stream: (params, options) => stream(params, options, 'messages.stream'),
    create,
    parse: (params, options) => parsedAnswer((asked) => create(asked, options), params, options?.repairs ?? 0),
    countTokens: (params, options) =>
      json(
        () => {
          const betas = admit(params, 'count', options);
          return caller.call(
            {
              operation: 'messages.countTokens',
              model: params.model,
              method: 'POST',
              path: `${path}/count_tokens`,
              betas,
              body: params,
            },
            options,
          );
        },
        (checks) => checks.tokenCount,
      ),
  };
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
