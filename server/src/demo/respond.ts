/** Writes the demo backend's answers to the wire, with the faults that a scenario asks for. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { eventsOf, type WireEvent } from './events.ts';
import type { Response } from './response.ts';
import type { Scenario } from './scenario.ts';

export interface Pace {
  readonly scenario: Scenario | undefined;
  readonly delay: number;
}

export async function respond(response: ServerResponse, answer: Response, pace: Pace): Promise<void> {
  const requestId = `req_demo_${randomBytes(8).toString('hex')}`;
  const headers = { 'request-id': requestId, ...rateLimits() };
  switch (answer.kind) {
    case 'json':
      response.writeHead(answer.status, { ...headers, 'content-type': 'application/json', ...answer.headers });
      response.end(JSON.stringify(withRequestId(answer.body, requestId)));
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(answer.body);
      return;
    case 'bytes':
      response.writeHead(200, { ...headers, ...answer.headers });
      await send(response, answer.pieces, pace.scenario);
      return;
    case 'stream':
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache',
      });
      await stream(response, eventsOf(answer.answer), pace);
  }
}

/** Pieces as events are sent: cut or left where the scenario says. */
async function send(
  response: ServerResponse,
  pieces: Iterable<string | Uint8Array>,
  scenario: Scenario | undefined,
): Promise<void> {
  const gone = new Promise<void>((resolve) => response.once('close', () => resolve()));
  let sent = 0;
  for (const piece of pieces) {
    if (sent === scenario?.cutAfter) return void response.destroy();
    if (sent === scenario?.stallAfter) return;
    if (response.destroyed) return;
    await written(response, piece, { whole: scenario !== undefined, gone });
    sent += 1;
  }
  response.end();
}

async function stream(response: ServerResponse, events: readonly WireEvent[], pace: Pace): Promise<void> {
  const { scenario } = pace;
  const gone = new Promise<void>((resolve) => response.once('close', () => resolve()));
  let deltas = 0;
  for (const [index, event] of events.entries()) {
    if (index === scenario?.cutAfter) return void response.destroy();
    if (index === scenario?.stallAfter) return;
    if (index === scenario?.errorAfter) return fail(response, scenario);
    if (event.type === 'content_block_delta' && !isCitation(event) && ++deltas > 1)
      await beforeNext(deltas, gone, pace);
    if (response.destroyed) return;
    const text = `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    await written(response, text, { whole: scenario !== undefined, gone });
  }
  response.end();
}

/** They come at once, with the text that they belong to. */
function isCitation({ delta }: WireEvent): boolean {
  return typeof delta === 'object' && delta !== null && 'type' in delta && delta.type === 'citations_delta';
}

async function beforeNext(deltas: number, gone: Promise<void>, { scenario, delay }: Pace): Promise<void> {
  if (deltas === 2 && scenario?.hold !== undefined) await Promise.race([scenario.hold, gone]);
  const wait = scenario?.delay ?? delay;
  if (wait > 0) await pause(wait);
}

/** Slow readers slow the writer down; `whole` waits until the bytes have left, so that a fault finds them gone. */
async function written(
  response: ServerResponse,
  piece: string | Uint8Array,
  { whole, gone }: { readonly whole: boolean; readonly gone: Promise<void> },
): Promise<void> {
  const sent = Promise.withResolvers<void>();
  const hasRoom = response.write(piece, () => sent.resolve());
  if (whole || !hasRoom) await Promise.race([sent.promise, gone]);
}

function fail(response: ServerResponse, { errorType, errorMessage }: Scenario): void {
  const error = { type: errorType ?? 'overloaded_error', message: errorMessage ?? 'Overloaded' };
  response.end(`event: error\ndata: ${JSON.stringify({ type: 'error', error })}\n\n`);
}

function withRequestId(body: unknown, requestId: string): unknown {
  const isError = typeof body === 'object' && body !== null && 'type' in body && body.type === 'error';
  return isError ? { ...body, request_id: requestId } : body;
}

/** Plenty left: the demo has no limits of its own. */
function rateLimits(): Readonly<Record<string, string>> {
  const reset = new Date(Date.now() + 60_000).toISOString();
  const limit = (kind: string, most: number) => ({
    [`anthropic-ratelimit-${kind}-limit`]: String(most),
    [`anthropic-ratelimit-${kind}-remaining`]: String(most - 1),
    [`anthropic-ratelimit-${kind}-reset`]: reset,
  });
  return { ...limit('requests', 1_000), ...limit('input-tokens', 2_000_000), ...limit('output-tokens', 400_000) };
}
