/** The client: its endpoints, and what they share. */
import { Call, type Connection } from './call.ts';
import { ClaudeError } from './errors.ts';
import { abortedError, badResponse } from './failures.ts';
import { betaHeader, checkedHeaders } from './headers.ts';
import { endSentence } from './log.ts';
import { endOf } from './models/table.ts';
import { validate } from './models/validate.ts';
import { type ClaudeOptions, type RequestOptions, settingsOf } from './options.ts';
import type { Checked, Checks } from './schema/checks.ts';
import type { ModelInfo, ModelPage, TokenCount } from './schema/endpoints.ts';
import { loadChecks } from './schema/load.ts';
import type { Message } from './schema/message.ts';
import type { CountTokensRequest, MessageRequest } from './schema/request.ts';
import { createMessageStream, type MessageStream } from './stream/messageStream.ts';
import { createHttpTransport } from './transport/http.ts';
import type { HttpRequest } from './transport/transport.ts';

export interface Messages {
  /**
   * An answer as a whole. It is streamed underneath, so that long answers do not run into a timeout.
   * @throws ClaudeError; a refusal is not one: see `stop_reason`.
   */
  create(params: MessageRequest, options?: RequestOptions): Promise<Message>;
  /** An answer while it comes. Nothing is sent before it is read or started; bad requests throw there, too. */
  stream(params: MessageRequest, options?: RequestOptions): MessageStream;
  /** Tokens of a request, estimated by the service without charge. */
  countTokens(params: CountTokensRequest, options?: RequestOptions): Promise<TokenCount>;
}

/** Which part of the list of models. */
export interface ModelListParams {
  /** Models on a page, 1 to 1000. */
  readonly limit?: number;
  readonly after_id?: string;
  readonly before_id?: string;
  readonly lifecycle?: readonly ('active' | 'deprecated' | 'retired')[];
}

/** The first page when awaited; every model of all pages when iterated over. */
export type ModelList = Promise<ModelPage> & AsyncIterable<ModelInfo>;

export interface Models {
  /** The models that the key may use, newest first. */
  list(params?: ModelListParams, options?: RequestOptions): ModelList;
  /** One model, by its name or alias. */
  retrieve(id: string, options?: RequestOptions): Promise<ModelInfo>;
}

/**
 * A client for the Claude API. Make one for each key and address, and keep it: it holds a few connections.
 *
 * ```ts
 * const claude = new Claude({ apiKey });
 * for await (const text of claude.messages.stream({ model, max_tokens: 1000, messages }).text()) show(text);
 * ```
 */
export class Claude {
  readonly messages: Messages;
  readonly models: Models;
  readonly #connection: Connection;
  #closed = false;

  /** @throws ClaudeError of kind `configuration` that names the option and the fix. */
  constructor(options: ClaudeOptions) {
    const settings = settingsOf(options);
    const transport = options.transport ?? createHttpTransport(settings);
    this.#connection = { settings, transport, running: new Set() };
    const caller = { call: (...parts: CallParts) => this.#call(...parts) };
    this.messages = createMessages(caller, warnOnce(this.#connection));
    this.models = createModels(caller);
  }

  /** Stops what runs and closes all connections. Later calls fail. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const call of [...this.#connection.running]) call.stop(abortedError('the client was closed'));
    await this.#connection.transport.close();
  }

  #call(method: HttpRequest['method'], path: string, body: unknown, options: RequestOptions = {}): Call {
    if (this.#closed)
      throw new ClaudeError('configuration', 'The client was closed. Make a new one.', { stage: 'settings' });
    return new Call(this.#connection, requestFor(this.#connection, { method, path, body }, options), options);
  }
}

type CallParts = [method: HttpRequest['method'], path: string, body: unknown, options: RequestOptions | undefined];

/** Begins calls. */
interface Caller {
  /** @throws ClaudeError when the client is closed or an option cannot be used. */
  call(...parts: CallParts): Call;
}

/** Bytes that the service accepts in one request. */
const longestRequest = 32 * 1024 * 1024;

function requestFor(
  { settings }: Connection,
  { method, path, body }: { readonly method: HttpRequest['method']; readonly path: string; readonly body: unknown },
  options: RequestOptions,
): HttpRequest {
  const headers = { ...settings.headers, ...betaHeader(options.betas), ...checkedHeaders(options.headers) };
  const request = { method, origin: settings.origin, path: `${settings.prefix}${path}`, headers };
  if (body === undefined) return request;
  const bytes = Buffer.from(JSON.stringify(body));
  if (bytes.length > longestRequest)
    throw new ClaudeError(
      'too_large',
      `Nothing was sent: the request has ${Math.ceil(bytes.length / 1048576)} MB, and 32 MB are possible.`,
      { stage: 'settings' },
    );
  return { ...request, body: bytes };
}

function createMessages(caller: Caller, warn: (model: string) => void): Messages {
  const stream = (params: MessageRequest, options: RequestOptions | undefined): MessageStream =>
    createMessageStream(() => {
      validate(params, true);
      warn(params.model);
      return caller.call('POST', '/v1/messages', { ...params, stream: true }, options);
    });
  return {
    stream,
    async create(params, options) {
      if (params.max_tokens !== 0) return stream(params, options).finalMessage();
      validate(params, false);
      warn(params.model);
      return json(caller.call('POST', '/v1/messages', params, options), (checks) => checks.message);
    },
    async countTokens(params, options) {
      validate(params, false);
      warn(params.model);
      return json(caller.call('POST', '/v1/messages/count_tokens', params, options), (checks) => checks.tokenCount);
    },
  };
}

function createModels(caller: Caller): Models {
  const page = async (params: ModelListParams, options: RequestOptions | undefined): Promise<ModelPage> =>
    json(caller.call('GET', `/v1/models${queryOf(params)}`, undefined, options), (checks) => checks.modelPage);
  return {
    list(params = {}, options) {
      const first = page(params, options);
      return Object.assign(first, {
        [Symbol.asyncIterator]: () => allOf(first, (after) => page({ ...params, after_id: after }, options)),
      });
    },
    async retrieve(id, options) {
      return json(
        caller.call('GET', `/v1/models/${encodeURIComponent(id)}`, undefined, options),
        (checks) => checks.model,
      );
    },
  };
}

async function* allOf(
  first: Promise<ModelPage>,
  next: (after: string) => Promise<ModelPage>,
): AsyncGenerator<ModelInfo, undefined> {
  const seen = new Set<string>();
  for (let page = await first; ; ) {
    yield* page.data;
    const after = page.last_id;
    // A page that leads back to itself would go on for ever.
    if (page.has_more !== true || after === undefined || after === null || seen.has(after)) return;
    seen.add(after);
    page = await next(after);
  }
}

function queryOf({ lifecycle, ...params }: ModelListParams): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined) query.append(name, String(value));
  for (const state of lifecycle ?? []) query.append('lifecycle[]', state);
  return query.size === 0 ? '' : `?${query}`;
}

/** The answer of a call as a checked value, after as many attempts as it takes. */
async function json<Value>(call: Call, check: (checks: Checks) => (value: unknown) => Checked<Value>): Promise<Value> {
  try {
    for (;;) {
      try {
        return await attempt(call, check);
      } catch (error) {
        call.drop();
        if (call.stopped !== undefined) throw call.stopped;
        await call.attempts.afterFailure(error);
      }
    }
  } finally {
    call.close();
  }
}

async function attempt<Value>(
  call: Call,
  check: (checks: Checks) => (value: unknown) => Checked<Value>,
): Promise<Value> {
  const response = await call.open();
  const [checks, text] = [await loadChecks(), await call.text(response)];
  if (!/^application\/([\w.+-]*\+)?json\b/i.test(response.headers['content-type'] ?? ''))
    throw badResponse(response, 'is not JSON', call.peer);
  const checked = check(checks)(parsed(text));
  if ('value' in checked) return checked.value;
  throw badResponse(response, `is not what was asked for (${call.peer.scrub(checked.problem)})`, call.peer);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Nothing of the kind that any check accepts: the check says what is wrong.
    return undefined;
  }
}

function warnOnce({ settings: { log } }: Connection): (model: string) => void {
  const warned = new Set<string>();
  return (model) => {
    const end = endOf(model);
    if (end === undefined || warned.has(model)) return;
    warned.add(model);
    log.warn?.(endSentence(end), { kind: end.lifecycle === 'retired' ? 'retired_model' : 'deprecated_model', end });
  };
}
