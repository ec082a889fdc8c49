/** The requests of a batch as one body: checked and written one by one, never held together (API reference, "Message batches"). */
import { ClaudeError } from '../errors.ts';
import type { MessageRequest } from '../schema/request.ts';
import { jsonOf } from '../stream/verbatim.ts';
import type { StreamedBody } from '../transport/transport.ts';

/** One request of a batch. */
export interface BatchRequest {
  /** Yours, to know the result by: 1 to 64 letters, digits, `_` or `-`, each only once in a batch. */
  readonly custom_id: string;
  /** As for `messages.create`, without what batches do not have: streaming, fast mode, `max_tokens` 0. */
  readonly params: BatchParams;
}
/** The request of one entry of a batch: what `create` takes (API reference, "Batches"). */
export type BatchParams = Omit<MessageRequest, 'speed'>;

/** A list can be sent again when a call fails; anything else is read once, while it is sent. */
export type BatchRequests = readonly BatchRequest[] | Iterable<BatchRequest> | AsyncIterable<BatchRequest>;

/** Lets the params of a request through, and says which beta names they need. @throws ClaudeError */
export type Check = (params: object) => readonly string[];

export interface BatchBodyOptions {
  /** More fields of the body. */
  readonly extra: Readonly<Record<string, unknown>> | undefined;
  readonly check: Check;
}

/** What the service takes. */
export const batchLimits = { requests: 100_000, bytes: 256 * 1024 * 1024 };

/** Bytes that are collected before they are handed on. */
const pieceSize = 65_536;

/** The body. Reading it throws a ClaudeError of kind `invalid_request` or `too_large` for what the service would refuse. */
export function batchBody(requests: BatchRequests, options: BatchBodyOptions, limits = batchLimits): StreamedBody {
  return { replayable: Array.isArray(requests), open: () => pieces(requests, options, limits) };
}

async function* pieces(
  requests: BatchRequests,
  options: BatchBodyOptions,
  limits: typeof batchLimits,
): AsyncGenerator<Uint8Array, undefined> {
  const seen = new Set<string>();
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let bytes = 0;
  const add = (text: string): void => {
    const encoded = Buffer.from(text);
    waiting.push(encoded);
    waitingBytes += encoded.length;
    bytes += encoded.length;
    if (bytes > limits.bytes) throw tooLarge(`has more than ${Math.round(limits.bytes / 1048576)} MB`);
  };
  const taken = (): Uint8Array => {
    const piece = Buffer.concat(waiting, waitingBytes);
    waiting = [];
    waitingBytes = 0;
    return piece;
  };
  add('{"requests":[');
  for await (const request of requests) {
    if (seen.size === limits.requests) throw tooLarge(`has more than ${limits.requests} requests`);
    add(`${seen.size === 0 ? '' : ','}${checkedJson(request, seen, options)}`);
    if (waitingBytes >= pieceSize) yield taken();
  }
  if (seen.size === 0) throw refused('requests', 'there are no requests. Give at least one.');
  // `{…}` without its braces, behind a comma.
  const more = JSON.stringify(options.extra ?? {}).slice(1, -1);
  add(`]${more === '' ? '' : ','}${more}}`);
  yield taken();
}

function checkedJson(request: BatchRequest, seen: Set<string>, { check }: BatchBodyOptions): string {
  const place = `requests.${seen.size}`;
  if (typeof request !== 'object' || request === null) throw refused(place, `${place} is not a request.`);
  const { custom_id: id, params } = request;
  if (typeof id !== 'string' || !/^[a-zA-Z0-9_-]{1,64}$/.test(id))
    throw refused(`${place}.custom_id`, `${place}.custom_id must be 1 to 64 letters, digits, "_" or "-".`);
  if (seen.has(id)) throw refused(`${place}.custom_id`, `two requests have the custom_id ${id}. Give each its own.`);
  seen.add(id);
  checkParams(params, place, id, check);
  // In the service's own words, where it wrote them: as the only request of a body, without what is around it.
  return jsonOf({ requests: [request] }).slice('{"requests":['.length, -']}'.length);
}

/** @throws ClaudeError of kind `invalid_request` that says which request it is, too. */
function checkParams(params: BatchParams, place: string, id: string, check: Check): void {
  try {
    check(params);
  } catch (error) {
    if (!(error instanceof ClaudeError)) throw error;
    const field = [place, 'params', ...(error.field ? [error.field] : [])].join('.');
    throw error.restated((what) => `No batch was made: in ${place} (${id}), ${lowered(what)}`, { field });
  }
}

/** The sentence goes on. */
function lowered(what: string): string {
  return what.replace(/^Nothing was sent: /, '');
}

function refused(field: string, what: string): ClaudeError {
  return new ClaudeError('invalid_request', `No batch was made: ${what}`, { stage: 'settings', field });
}

function tooLarge(what: string): ClaudeError {
  return new ClaudeError('too_large', `No batch was made: it ${what}, which is the most that is possible.`, {
    stage: 'settings',
    field: 'requests',
  });
}

/**
 * Beta names that the requests need, where they are a list: names go ahead of the body. What is wrong with a request is
 * said when its turn comes.
 */
export function betasOf(requests: BatchRequests, check: Check): readonly string[] {
  if (!Array.isArray(requests)) return [];
  return [...new Set(requests.flatMap((request: BatchRequest) => namesFor(request, check)))];
}

function namesFor(request: BatchRequest, check: Check): readonly string[] {
  try {
    return check(request.params);
  } catch {
    return [];
  }
}
