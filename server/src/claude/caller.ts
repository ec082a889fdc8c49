/** What endpoints have in common: how a call begins, and how its answer becomes a checked value. */
import { obsoleteBetas } from './betas.ts';
import { Call } from './call.ts';
import type { Connection } from './connection.ts';
import { ClaudeError } from './errors.ts';
import { badResponse } from './failures.ts';
import { betaHeader, betaNames, checkedHeaders } from './headers.ts';
import { isJson, parsedJson } from './json.ts';
import { misconfigured } from './misconfigured.ts';
import type { CallFacts, ResponseFacts } from './observe/observer.ts';
import type { Query, RequestOptions, Settings } from './options.ts';
import type { Check, Checks } from './schema/checks.ts';
import { loadChecks } from './schema/load.ts';
import type { Message } from './schema/message.ts';
import { jsonOf } from './stream/verbatim.ts';
import type { HttpRequest, HttpResponse, StreamedBody } from './transport/transport.ts';

/** One request of an endpoint. */
export interface Asked extends Partial<CallFacts> {
  /** The method that was called, for watchers: `messages.create`. */
  readonly operation: string;
  readonly method: HttpRequest['method'];
  /** `/v1/…`, its parts encoded. */
  readonly path: string;
  /** Undefined values are left out; lists repeat the name. */
  readonly query?: Query;
  /** Names for `anthropic-beta` that the request needs, besides those that the caller gives. */
  readonly betas?: readonly string[];
  /** Sent as JSON. */
  readonly body?: object;
  /** Sent as it is, in place of `body`. */
  readonly upload?: Upload;
  /** What is wanted, where it is not JSON. */
  readonly accept?: string;
  /** Makes something that is paid for: sent again only where the service has surely not taken it. */
  readonly costs?: boolean;
  /** Takes every success (2xx), not only 200. */
  readonly anySuccess?: boolean;
}

/** A body that is not JSON. */
export interface Upload {
  /** The `content-type` of the body. */
  readonly contentType: string;
  /** All bytes, or a source that is read while it is sent. */
  readonly body: Uint8Array | StreamedBody;
}

/** Begins calls. */
export interface Caller {
  /** @throws ClaudeError when the client is closed or an option cannot be used. */
  call(asked: Asked, options: RequestOptions | undefined): Call;
  /** Waits. @throws ClaudeError of kind `aborted` when the signal fires or the client closes. */
  pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}

/** A value that the service answered, and the answer around it. */
export interface Answered<Value> {
  /** What the service answered, checked. */
  readonly data: Value;
  /** Status, headers and request id of the answer. */
  readonly response: ResponseFacts;
}

/** A promise for the value of an answer that can also give the answer's status and headers. */
export interface Answer<Value> extends Promise<Value> {
  /** The value together with the status, headers and request id that came with it. */
  withResponse(): Promise<Answered<Value>>;
}

/** Bytes that the service accepts in one JSON request (API section 1). */
const longestRequest = 32 * 1024 * 1024;

/** Begins a call: settings, options and the endpoint's own part become one request. */
/** @throws ClaudeError of kind `configuration` or `too_large` before anything is under way. */
export function beginCall(connection: Connection, asked: Asked, options: RequestOptions = {}): Call {
  const { settings } = connection;
  checkSignal(options.signal);
  const { operation, model, maxTokens, speed } = asked;
  const request: HttpRequest = {
    method: asked.method,
    origin: settings.origin,
    path: `${settings.prefix}${asked.path}${queryOf({ ...settings.query, ...options.query, ...asked.query })}`,
    headers: {
      ...settings.headers,
      ...(asked.upload !== undefined && { 'content-type': asked.upload.contentType }),
      ...(asked.accept !== undefined && { accept: asked.accept }),
      ...betasOf(settings, asked, options),
    },
    ...bodyOf(asked, options),
    ...(asked.costs === true && { once: true }),
  };
  return new Call(
    connection,
    {
      request,
      facts: { operation, model, maxTokens, speed },
      isStream: isStream(asked),
      costs: asked.costs === true,
      anySuccess: asked.anySuccess === true,
    },
    options,
  );
}

/** Programs without types send whatever they have: it is to be refused before anything is under way. */
function checkSignal(signal: unknown): void {
  if (signal === undefined || (typeof signal === 'object' && signal !== null && 'addEventListener' in signal)) return;
  throw misconfigured('signal', 'The signal is no AbortSignal. Give the signal of an AbortController, or none.');
}

function isStream({ body }: Asked): boolean {
  return body !== undefined && 'stream' in body && body.stream === true;
}

/** The headers of the call itself. An `anthropic-beta` among them is sent as it is, and nothing is added to it. */
function betasOf(settings: Settings, { betas = [] }: Asked, options: RequestOptions): Record<string, string> {
  const own = checkedHeaders(options.headers);
  const always = settings.headers['anthropic-beta'] ?? '';
  const header = { ...betaHeader(betaNames(always, ...(options.betas ?? []), ...betas)), ...own };
  for (const beta of betaNames(header['anthropic-beta'] ?? '')) {
    const advice = obsoleteBetas.get(beta);
    if (advice !== undefined) settings.warn({ kind: 'obsolete_beta', beta, advice });
  }
  return header;
}

function bodyOf({ body, upload }: Asked, { extra }: RequestOptions): Pick<HttpRequest, 'body'> {
  if (upload !== undefined) return { body: upload.body };
  if (body === undefined) return {};
  const bytes = Buffer.from(jsonOf(extra === undefined ? body : { ...body, ...extra }));
  if (bytes.length <= longestRequest) return { body: bytes };
  throw new ClaudeError(
    'too_large',
    `Nothing was sent: the request has ${Math.ceil(bytes.length / 1048576)} MB, and 32 MB are possible.`,
    { stage: 'settings' },
  );
}

/** `?a=1&b[]=2`, or nothing. */
function queryOf(parts: Query): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (Array.isArray(value)) for (const item of value) query.append(`${name}[]`, item);
    else if (value !== undefined) query.append(name, String(value));
  }
  return query.size === 0 ? '' : `?${query}`;
}

/** Which check a parsed answer has to pass. */
export type Judge<Value> = (checks: Checks) => Check<Value> | Promise<Check<Value>>;

/**
 * The answer of a call as a checked value, after as many attempts as it takes. Begins the call now.
 * @param messageOf For answers that are paid for: what was used is in their message.
 */
export function json<Value>(
  begin: () => Call,
  check: Judge<Value>,
  messageOf?: (value: Value) => Message,
): Answer<Value> {
  const whole = answered(begin, async (call, response) => {
    const value = await checkedValue(call, response, check);
    if (messageOf !== undefined) call.reads = { message: messageOf(value) };
    return value;
  });
  return answerOf(whole);
}

/** What the service answers, read by `read`; tried again as long as that makes sense. */
async function answered<Value>(
  begin: () => Call,
  read: (call: Call, response: HttpResponse) => Promise<Value>,
): Promise<Answered<Value>> {
  const call = begin();
  try {
    for (;;) {
      try {
        const response = await call.open();
        const data = await read(call, response);
        call.end({});
        return { data, response: call.factsOf(response) };
      } catch (error) {
        call.drop();
        if (call.stopped !== undefined) throw call.stopped;
        await call.afterFailure(call.failureOf(error));
      }
    }
  } catch (error) {
    call.end({ error });
    throw error;
  }
}

/** A promise for the value alone, from one for value and answer. */
export function answerOf<Value>(whole: Promise<Answered<Value>>): Answer<Value> {
  const value = whole.then(({ data }) => data);
  return Object.assign(value, {
    withResponse: () => {
      // Whoever asks for the whole need not look at the value as well.
      value.catch(() => {});
      return whole;
    },
  });
}

async function checkedValue<Value>(call: Call, response: HttpResponse, check: Judge<Value>): Promise<Value> {
  const [checks, text] = [await loadChecks(), await call.text(response)];
  if (!isJson(response)) throw badResponse(response, 'is not JSON', call.peer);
  const checked = (await check(checks))(parsedJson(text));
  if ('value' in checked) return checked.value;
  throw badResponse(response, `is not what was asked for (${call.peer.scrub(checked.problem)})`, call.peer);
}
