/** What endpoints have in common: how a call begins, and how its answer becomes a checked value. */
import { Call } from './call.ts';
import type { Connection } from './connection.ts';
import { ClaudeError } from './errors.ts';
import { badResponse } from './failures.ts';
import { betaHeader, checkedHeaders } from './headers.ts';
import type { CallFacts, ResponseFacts } from './observe/observer.ts';
import type { Query, RequestOptions } from './options.ts';
import type { Check, Checks } from './schema/checks.ts';
import { loadChecks } from './schema/load.ts';
import { type Sending, sendingOf, wasNotTaken } from './sending.ts';
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
  readonly contentType: string;
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
  readonly data: Value;
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
export function beginCall(connection: Connection, asked: Asked, options: RequestOptions = {}): Call {
  const { settings } = connection;
  const { operation, model, maxTokens } = asked;
  const { body, sending } = bodyOf(asked, options, () => call);
  const request: HttpRequest = {
    method: asked.method,
    origin: settings.origin,
    path: `${settings.prefix}${asked.path}${queryOf({ ...settings.query, ...options.query, ...asked.query })}`,
    headers: {
      ...settings.headers,
      ...(asked.upload !== undefined && { 'content-type': asked.upload.contentType }),
      ...(asked.accept !== undefined && { accept: asked.accept }),
      ...betaHeader(options.betas),
      ...checkedHeaders(options.headers),
    },
    ...(body !== undefined && { body }),
  };
  const mayRepeat = (error: unknown) =>
    (sending?.mayRepeat() ?? true) && (asked.costs !== true || error === undefined || wasNotTaken(error));
  const accepts = asked.anySuccess === true ? (status: number) => status >= 200 && status < 300 : undefined;
  const facts = { operation, model, maxTokens };
  const call: Call = new Call(connection, { request, facts, accepts, mayRepeat, onEnd: sending?.close }, options);
  return call;
}

function bodyOf(
  { body, upload }: Asked,
  { extra }: RequestOptions,
  call: () => Call,
): { readonly body?: HttpRequest['body']; readonly sending?: Sending } {
  if (upload !== undefined) {
    if (!('open' in upload.body)) return { body: upload.body };
    const sending = sendingOf(upload.body, call);
    return { body: sending.body, sending };
  }
  if (body === undefined) return {};
  const bytes = Buffer.from(JSON.stringify(extra === undefined ? body : { ...body, ...extra }));
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

/** The answer of a call as a checked value, after as many attempts as it takes. Begins the call now. */
export function json<Value>(begin: () => Call, check: Judge<Value>): Answer<Value> {
  const whole = answered(begin, (call, response) => checkedValue(call, response, check));
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
  if (!/^application\/([\w.+-]*\+)?json\b/i.test(response.headers['content-type'] ?? ''))
    throw badResponse(response, 'is not JSON', call.peer);
  const checked = (await check(checks))(parsed(text));
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
