/** The message batches endpoint (API reference, "Message batches"): many requests at half the price, within a day. */
import { type Answer, type Answered, answerOf, type Caller, json } from '../caller.ts';
import { ClaudeError } from '../errors.ts';
import { wasNotTaken } from '../failures.ts';
import type { AcceptedBatches, DraftBatchRequest } from '../models/acceptedBatches.ts';
import type { Admit } from '../models/admit.ts';
import type { RequestOptions, Settings } from '../options.ts';
import type { BatchPage, BatchResult, MessageBatch } from '../schema/batches.ts';
import type { Deleted } from '../schema/files.ts';
import { resourceCheck } from '../schema/load.ts';

import { type BatchRequests, batchBody, betasOf } from './batchRequests.ts';
import { resultsOf } from './batchResults.ts';
import { type WaitOptions, waitFor } from './batchWait.ts';
import { anyBytes } from './download.ts';
import { type PageList, pageList } from './pages.ts';
import { part } from './paths.ts';

/** Which part of the list of batches. */
export interface BatchListParams {
  /** Batches on a page, 1 to 1000; 20 when absent. */
  readonly limit?: number;
  /** Only batches after this one, in the order of the list. */
  readonly after_id?: string;
  /** Only batches before this one, in the order of the list. */
  readonly before_id?: string;
}

/** The first page when awaited; every batch of all pages when iterated over. */
export type BatchList = PageList<BatchPage, MessageBatch>;

/** Which results of a batch, and how they are asked for. */
export interface ResultsOptions extends RequestOptions {
  /** The `custom_id`s of results that you have already: they are left out. */
  readonly skip?: Iterable<string>;
  /** Told of a line that cannot be read; the others come all the same. Without it, such a line ends the reading. */
  readonly onBadLine?: (error: ClaudeError) => void;
}

type DraftBatchRequests = readonly DraftBatchRequest[] | Iterable<DraftBatchRequest> | AsyncIterable<DraftBatchRequest>;

/** Nothing but a batch's id is needed to go on with it later, in another process. */
export interface Batches {
  /**
   * Begins a batch of up to 100,000 requests and 256 MB. They are checked and sent one by one and never held
   * together. Tried again only where the service has surely not begun one: two batches would cost twice as much.
   * @throws ClaudeError of kind `invalid_request` that names the request; then no batch was made.
   */
  create<const Requests extends DraftBatchRequests>(
    params: { readonly requests: AcceptedBatches<Requests> },
    options?: RequestOptions,
  ): Answer<MessageBatch>;
  /** One batch, as it stands now. @throws ClaudeError, of kind `not_found` when there is none of this id */
  retrieve(id: string, options?: RequestOptions): Answer<MessageBatch>;
  /** The batches, newest first. */
  list(params?: BatchListParams, options?: RequestOptions): BatchList;
  /** Ends a batch early; what was begun may still be finished. */
  cancel(id: string, options?: RequestOptions): Answer<MessageBatch>;
  /** Deletes a batch and its results. It must have ended. */
  delete(id: string, options?: RequestOptions): Answer<Deleted>;
  /** The batch, once it has ended. Looks at it every 2 to 60 seconds, and lives through failures of the service. */
  wait(batch: string | MessageBatch, options?: WaitOptions): Promise<MessageBatch>;
  /**
   * The results in any order, each once, while they come. Where the connection breaks, the rest is asked for again.
   * They are kept for 29 days.
   */
  results(batch: string | MessageBatch, options?: ResultsOptions): AsyncGenerator<BatchResult, undefined>;
}

const path = '/v1/messages/batches';

export function createBatches(
  caller: Caller,
  admit: Admit,
  settings: Pick<Settings, 'origin' | 'prefix' | 'clock' | 'retries'>,
): Batches {
  const one = (id: string) => `${path}/${part(id, 'batch id')}`;
  const retrieve = (id: string, options?: RequestOptions) =>
    json(
      () => caller.call({ operation: 'messages.batches.retrieve', method: 'GET', path: one(id) }, options),
      resourceCheck('batch'),
    );
  return {
    create: ({ requests }, options) =>
      // The signature only says more about which requests compile: all of them are such requests.
      answerOf(creating(caller, admit, requests as BatchRequests, options)),
    retrieve,
    list: (params = {}, options) =>
      pageList({
        page: (after) =>
          json(() => {
            const query = after === undefined ? { ...params } : { ...params, after_id: after };
            return caller.call({ operation: 'messages.batches.list', method: 'GET', path, query }, options);
          }, resourceCheck('batchPage')),
        items: ({ data }) => data,
        after: ({ has_more: more, last_id: last }) => (more === true ? (last ?? undefined) : undefined),
      }),
    cancel: (id, options) =>
      json(
        () => caller.call({ operation: 'messages.batches.cancel', method: 'POST', path: `${one(id)}/cancel` }, options),
        resourceCheck('batch'),
      ),
    delete: (id, options) =>
      json(
        () => caller.call({ operation: 'messages.batches.delete', method: 'DELETE', path: one(id) }, options),
        resourceCheck('deleted'),
      ),
    wait: (batch, options = {}) =>
      waitFor(idOf(batch), options, {
        caller,
        now: () => settings.clock.now(),
        random: settings.retries.random,
        look: (more) => retrieve(idOf(batch), more),
      }),
    async *results(batch, { skip = [], onBadLine, ...options } = {}): AsyncGenerator<BatchResult, undefined> {
      const ended = await endedBatch(batch, (id) => retrieve(id, options));
      const place = placeOf(ended, settings);
      const { random, firstDelay } = { ...settings.retries, ...options.retries };
      return yield* resultsOf({
        skip,
        onBadLine,
        total: totalOf(ended),
        begin: () =>
          caller.call({ operation: 'messages.batches.results', method: 'GET', accept: anyBytes, ...place }, options),
        pause: () => caller.pause(random() * firstDelay, options.signal),
      });
    },
  };
}

async function creating(
  caller: Caller,
  admit: Admit,
  requests: BatchRequests,
  options: RequestOptions | undefined,
): Promise<Answered<MessageBatch>> {
  const check = (params: object) => admit(params, 'batch', { ...options, extra: {} });
  const body = batchBody(requests, { extra: options?.extra, check });
  const upload = { contentType: 'application/json', body };
  const betas = betasOf(requests, check);
  const asked = { operation: 'messages.batches.create', method: 'POST', path, betas, upload, costs: true } as const;
  try {
    return await json(() => caller.call(asked, options), resourceCheck('batch')).withResponse();
  } catch (error) {
    if (!(error instanceof ClaudeError) || error.kind === 'aborted' || wasNotTaken(error)) throw error;
    throw error.restated((what) => `${what} A batch may have been made: look at the list before you try again.`, {
      shouldRetry: false,
    });
  }
}

function idOf(batch: string | MessageBatch): string {
  return typeof batch === 'string' ? batch : batch.id;
}

/** The batch with the place of its results. */
async function endedBatch(
  batch: string | MessageBatch,
  retrieve: (id: string) => Promise<MessageBatch>,
): Promise<MessageBatch> {
  if (typeof batch === 'object' && typeof batch.results_url === 'string') return batch;
  return retrieve(idOf(batch));
}

/**
 * Where the results are. They are asked for with the key, so only at the address that the key is for (threats S33).
 * The service does not know what a gateway puts before its paths.
 */
function placeOf(batch: MessageBatch, { origin, prefix }: Pick<Settings, 'origin' | 'prefix'>) {
  const { id, results_url: given, processing_status: status, archived_at: archived } = batch;
  if (typeof archived === 'string')
    throw new ClaudeError('not_found', `The results of the batch ${id} are gone since ${archived}.`);
  if (typeof given !== 'string')
    throw new ClaudeError('invalid_request', `The batch ${id} has no results yet (${status}): wait for it first.`, {
      stage: 'settings',
      field: 'results_url',
    });
  const url = URL.canParse(given, origin) ? new URL(given, origin) : undefined;
  // Behind a gateway the service still names its own address.
  if (url?.origin !== origin) return { path: `${path}/${part(id, 'batch id')}/results` };
  const isPrefixed = prefix !== '' && url.pathname.startsWith(`${prefix}/`);
  return {
    path: isPrefixed ? url.pathname.slice(prefix.length) : url.pathname,
    query: Object.fromEntries(url.searchParams),
  };
}

/** There is one line for each request. */
function totalOf({ request_counts: counts }: MessageBatch): number | undefined {
  if (counts === null || counts === undefined) return undefined;
  const { processing, succeeded, errored, canceled, expired } = counts;
  const all = [processing, succeeded, errored, canceled, expired].map((count) => count ?? 0);
  return all.reduce((sum, count) => sum + count, 0);
}
