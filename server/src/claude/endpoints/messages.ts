/** The messages endpoint: whole answers, streams, and counting (API section 2). */
import { type Answer, answerOf, type Caller, json } from '../caller.ts';
import type { ClientLog } from '../log.ts';
import { endSentence } from '../log.ts';
import { endOf } from '../models/table.ts';
import { validate } from '../models/validate.ts';
import type { RequestOptions } from '../options.ts';
import type { TokenCount } from '../schema/endpoints.ts';
import type { Message } from '../schema/message.ts';
import type { CountTokensRequest, MessageRequest } from '../schema/request.ts';
import { createMessageStream, type MessageStream } from '../stream/messageStream.ts';
import type { Batches } from './batches.ts';

export interface Messages {
  /**
   * An answer as a whole. It is streamed underneath, so that long answers do not run into a timeout.
   * @throws ClaudeError; a refusal is not one: see `stop_reason`.
   */
  create(params: MessageRequest, options?: RequestOptions): Answer<Message>;
  /** An answer while it comes. Nothing is sent before it is read or started; bad requests throw there, too. */
  stream(params: MessageRequest, options?: RequestOptions): MessageStream;
  /** Tokens of a request, estimated by the service without charge. */
  countTokens(params: CountTokensRequest, options?: RequestOptions): Answer<TokenCount>;
  /** Many requests at once, at half the price, answered within a day. */
  readonly batches: Batches;
}

const path = '/v1/messages';

export function createMessages(caller: Caller, log: ClientLog, batches: Batches): Messages {
  const warn = warnOnce(log);
  const stream = (
    params: MessageRequest,
    options: RequestOptions | undefined,
    operation = 'messages.stream',
  ): MessageStream =>
    createMessageStream(() => {
      validate(params, true);
      warn(params.model);
      return caller.call(
        { operation, ...factsOf(params), method: 'POST', path, body: { ...params, stream: true } },
        options,
      );
    });
  return {
    batches,
    stream: (params, options) => stream(params, options),
    create(params, options) {
      if (params.max_tokens !== 0) return streamedAnswer(stream(params, options, 'messages.create'));
      return json(
        () => {
          validate(params, false);
          warn(params.model);
          return caller.call(
            { operation: 'messages.create', ...factsOf(params), method: 'POST', path, body: params },
            options,
          );
        },
        (checks) => checks.message,
      );
    },
    countTokens: (params, options) =>
      json(
        () => {
          validate(params, false);
          warn(params.model);
          return caller.call(
            {
              operation: 'messages.countTokens',
              model: params.model,
              method: 'POST',
              path: `${path}/count_tokens`,
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

function factsOf({ model, max_tokens: maxTokens }: MessageRequest) {
  return { model, maxTokens };
}

function warnOnce(log: ClientLog): (model: string) => void {
  const warned = new Set<string>();
  return (model) => {
    const end = endOf(model);
    if (end === undefined || warned.has(model)) return;
    warned.add(model);
    log.warn?.(endSentence(end), { kind: end.lifecycle === 'retired' ? 'retired_model' : 'deprecated_model', end });
  };
}
