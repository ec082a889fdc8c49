/** The demo's batches (API reference, "Message batches"): answered by its rules, when the results are asked for. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { messageOf } from './events.ts';
import { answerTo } from './messages.ts';
import { pageById } from './paging.ts';
import { createPromptCache } from './promptCache.ts';
import { failed, invalid, json, notFound, type Response, type Route, type Routed } from './response.ts';

const CreateBody = z.looseObject({
  requests: z
    .array(z.looseObject({ custom_id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/), params: z.looseObject({}) }))
    .min(1)
    .max(100_000),
});
type BatchRequest = z.infer<typeof CreateBody>['requests'][number];

interface Batch {
  readonly id: string;
  readonly createdAt: string;
  readonly requests: readonly BatchRequest[];
  readonly bytes: number;
  /** How often it is still found at work. */
  polls: number;
  canceledAt: string | undefined;
  endedAt: string | undefined;
  /** Results by kind, once it has ended. */
  tally: Readonly<Record<string, number>> | undefined;
}

/** Batches are forgotten beyond so many, and beyond so many bytes of requests. */
const most = { batches: 100, bytes: 64 * 1024 * 1024 };
const pollsUntilEnd = 2;
const day = 86_400_000;

export function createBatchRoutes(): readonly Route[] {
  const batches: Batch[] = [];
  const withBatch = (id: string | undefined, act: (batch: Batch) => Response): Response => {
    const batch = batches.find((each) => each.id === id);
    return batch === undefined ? notFound(`batch: ${id ?? ''}`) : act(batch);
  };
  const remember = (batch: Batch): void => {
    batches.unshift(batch);
    const bytes = () => batches.reduce((sum, each) => sum + each.bytes, 0);
    while (batches.length > most.batches || (bytes() > most.bytes && batches.length > 1)) batches.pop();
  };
  const create = ({ request: { body, headers } }: Routed): Response => {
    const batch = batchFrom(body);
    if (typeof batch === 'string') return invalid(batch);
    remember(batch);
    return json(stateOf(batch, headers['host']));
  };
  const list = ({ query, request: { headers } }: Routed): Response =>
    pageById(
      batches.map((batch) => stateOf(batch, headers['host'])),
      query,
    );
  const remove = (batch: Batch): Response => {
    if (batch.tally === undefined) return invalid(`The batch ${batch.id} has not ended: cancel it first`);
    batches.splice(batches.indexOf(batch), 1);
    return json({ id: batch.id, type: 'message_batch_deleted' });
  };
  const route = (method: Route['method'], path: RegExp, act: (batch: Batch, host: unknown) => Response): Route => ({
    method,
    path,
    answer: ({ parts: [id], request: { headers } }) => withBatch(id, (batch) => act(batch, headers['host'])),
  });
  return [
    { method: 'POST', path: /^\/v1\/messages\/batches$/, answer: create },
    { method: 'GET', path: /^\/v1\/messages\/batches$/, answer: list },
    route('GET', /^\/v1\/messages\/batches\/([^/]*)$/, lookAt),
    route('DELETE', /^\/v1\/messages\/batches\/([^/]*)$/, remove),
    route('POST', /^\/v1\/messages\/batches\/([^/]*)\/cancel$/, cancel),
    route('GET', /^\/v1\/messages\/batches\/([^/]*)\/results$/, results),
  ];
}

/** Each look at a batch brings it nearer to its end. */
function lookAt(batch: Batch, host: unknown): Response {
  const state = stateOf(batch, host);
  batch.polls -= 1;
  if (batch.polls <= 0) end(batch);
  return json(state);
}

function cancel(batch: Batch, host: unknown): Response {
  if (batch.tally !== undefined) return invalid(`The batch ${batch.id} has ended and cannot be canceled`);
  batch.canceledAt ??= new Date().toISOString();
  batch.polls = 1;
  return json(stateOf(batch, host));
}

function results(batch: Batch): Response {
  if (batch.tally !== undefined)
    return { kind: 'bytes', headers: { 'content-type': 'application/x-jsonl' }, pieces: resultsOf(batch) };
  return failed({ status: 404, type: 'not_found_error', message: `The batch ${batch.id} has not ended` });
}

/** A new batch, or what is wrong with the request. What its requests hold is looked at later, as the service does. */
function batchFrom(body: unknown): Batch | string {
  const checked = CreateBody.safeParse(body);
  if (!checked.success) return checked.error.issues[0]?.path.join('.') ?? 'The request body is not valid JSON';
  const { requests } = checked.data;
  const ids = new Set(requests.map(({ custom_id }) => custom_id));
  if (ids.size < requests.length) return 'requests: custom_id must be unique';
  return {
    id: `msgbatch_demo_${randomBytes(12).toString('hex')}`,
    createdAt: new Date().toISOString(),
    requests,
    bytes: JSON.stringify(requests).length,
    polls: pollsUntilEnd,
    canceledAt: undefined,
    endedAt: undefined,
    tally: undefined,
  };
}

function end(batch: Batch): void {
  if (batch.tally !== undefined) return;
  batch.endedAt = new Date().toISOString();
  batch.tally = tallyOf(batch);
}

function stateOf(batch: Batch, host: unknown) {
  const { id, createdAt, canceledAt, endedAt, tally, requests } = batch;
  const none = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  return {
    id,
    type: 'message_batch',
    processing_status: endedAt !== undefined ? 'ended' : canceledAt !== undefined ? 'canceling' : 'in_progress',
    request_counts: { ...none, ...(tally ?? { processing: requests.length }) },
    created_at: createdAt,
    expires_at: new Date(Date.parse(createdAt) + day).toISOString(),
    ended_at: endedAt ?? null,
    cancel_initiated_at: canceledAt ?? null,
    archived_at: null,
    results_url: endedAt === undefined ? null : `http://${String(host)}/v1/messages/batches/${id}/results`,
  };
}

function tallyOf({ requests, canceledAt }: Batch) {
  if (canceledAt !== undefined) return { canceled: requests.length };
  const succeeded = requests.filter(({ params }) => typeof resultFor(params) !== 'string').length;
  return { succeeded, errored: requests.length - succeeded };
}

/** One line each, the last request first: the service promises no order. */
function* resultsOf({ requests, canceledAt }: Batch): Generator<string, undefined> {
  for (const { custom_id, params } of requests.toReversed())
    yield `${JSON.stringify({ custom_id, result: canceledAt === undefined ? outcomeOf(params) : { type: 'canceled' } })}\n`;
}

function outcomeOf(params: Readonly<Record<string, unknown>>) {
  const result = resultFor(params);
  if (typeof result !== 'string') return { type: 'succeeded', message: messageOf(result) };
  const error = { type: 'invalid_request_error', message: result };
  return { type: 'errored', error: { type: 'error', error, request_id: null } };
}

function resultFor(params: Readonly<Record<string, unknown>>) {
  const refused = ['stream', 'speed', 'thread'].find((name) => name in params);
  if (refused !== undefined) return `${refused}: not supported in batches`;
  return params['max_tokens'] === 0
    ? 'max_tokens: must be at least 1 in batches'
    : answerTo(params, undefined, createPromptCache());
}
