/** Requests to endpoints that this client does not know: with the same key, deadlines and retries as all others. */
import type { Call } from '../call.ts';
import { type Answer, type Asked, type Caller, json, type Upload } from '../caller.ts';
import type { Query, RequestOptions } from '../options.ts';
import { resourceCheck } from '../schema/load.ts';
import type { HttpRequest } from '../transport/transport.ts';
import { type Download, download } from './download.ts';
import { unusable } from './uploadSource.ts';

/** A request as it is to be sent. */
export interface RawRequest {
  /** `GET` without a body and `POST` with one when absent. */
  readonly method?: HttpRequest['method'];
  /** Such as `/v1/models`, its parts encoded. It stays on the service's address. */
  readonly path: string;
  /** Added to the path. */
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: object;
  /** Sent as it is, in place of `body`. */
  readonly upload?: Upload;
  /** More headers; they win over the client's own, except for what frames the request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Names for `anthropic-beta`. */
  readonly betas?: readonly string[];
}

/** Requests for what has no method of its own. */
export interface Raw {
  /** The answer as parsed JSON, unchecked. Every success (2xx) counts; for one without a body take `requestBytes`. */
  request(request: RawRequest, options?: RequestOptions): Answer<unknown>;
  /** The answer as bytes: to be collected, streamed, or saved. */
  requestBytes(request: RawRequest, options?: RequestOptions): Answer<Download>;
}

export function createRaw(caller: Caller): Raw {
  return {
    request: (request, options) => json(() => begin(caller, request, {}, options), resourceCheck('any')),
    requestBytes: (request, options) => download(() => begin(caller, request, { accept: '*/*' }, options)),
  };
}

function begin(caller: Caller, request: RawRequest, more: Pick<Asked, 'accept'>, options: RequestOptions = {}): Call {
  const { path, query, body, upload, headers, betas } = request;
  const method = request.method ?? (body === undefined && upload === undefined ? 'GET' : 'POST');
  if (!methods.has(method))
    throw unusable('method', `${JSON.stringify(method)} is no method. Use GET, POST or the like.`);
  const problem = pathProblem(path);
  if (problem !== undefined) throw unusable('path', `the path ${problem}`);
  return caller.call(
    {
      operation: 'request',
      method,
      path,
      anySuccess: true,
      ...more,
      ...(query !== undefined && { query }),
      ...(body !== undefined && { body }),
      ...(upload !== undefined && { upload }),
    },
    {
      ...options,
      headers: { ...headers, ...options.headers },
      betas: [...(betas ?? []), ...(options.betas ?? [])],
    },
  );
}

const methods: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** What would lead elsewhere, or into the next line of the request. */
function pathProblem(path: unknown): string | undefined {
  if (typeof path !== 'string' || !path.startsWith('/')) return 'must begin with "/", such as /v1/models.';
  if (!/^[\x21-\x7e]*$/.test(path)) return 'holds blanks, line breaks or other characters that have to be encoded.';
  if (path.startsWith('//') || path.includes('\\')) return 'would lead to another host. Begin it with one "/".';
  if (/[?#]/.test(path)) return 'holds "?" or "#". Give the query by itself.';
  const parts = path
    .replace(/%2e/gi, '.')
    .replace(/%2f|%5c/gi, '/')
    .split('/');
  return parts.some((part) => part === '.' || part === '..') ? 'holds "." or "..". Write it in full.' : undefined;
}
