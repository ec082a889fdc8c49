/** Writes the demo backend's answers to the wire, with the faults that a scenario asks for. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Response } from './answer.ts';
import { eventsOf, type WireEvent } from './events.ts';
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
    case 'stream':
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache',
      });
      await stream(response, eventsOf(answer.answer), pace);
  }
}

async function stream(
  response: ServerResponse,
  events: readonly WireEvent[],
  { scenario, delay }: Pace,
): Promise<void> {
  let deltas = 0;
  for (const [index, event] of events.entries()) {
    if (response.destroyed) return;
    if (index === scenario?.cutAfter) return void response.destroy();
    if (index === scenario?.stallAfter) return;
    if (index === scenario?.errorAfter) return fail(response, scenario);
    if (event.type === 'content_block_delta' && ++deltas > 1) await beforeNext(response, deltas, { scenario, delay });
    await written(response, `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`, scenario !== undefined);
  }
  response.end();
}

async function beforeNext(response: ServerResponse, deltas: number, { scenario, delay }: Pace): Promise<void> {
  if (deltas === 2 && scenario?.hold !== undefined) await Promise.race([scenario.hold, once(response, 'close')]);
  const wait = scenario?.delay ?? delay;
  if (wait > 0) await pause(wait);
}

/** Slow readers slow the writer down; `whole` waits until the bytes have left, so that a fault finds them gone. */
async function written(response: ServerResponse, text: string, whole: boolean): Promise<void> {
  const sent = Promise.withResolvers<void>();
  const hasRoom = response.write(text, () => sent.resolve());
  if (whole || !hasRoom) await Promise.race([sent.promise, once(response, 'close')]);
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
