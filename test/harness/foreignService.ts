/**
 * A service that speaks the Messages API from scripts, strictly, and knows nothing of the code that it judges: it was
 * written from the reference alone, and shares no line with the client or the demo backend.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createForeignCache } from './foreign/cache.ts';
import { type Issued, messageProblems } from './foreign/messageProblems.ts';
import { requestProblems } from './foreign/requestProblems.ts';
import type { Heard, Reply, Script } from './foreign/script.ts';
import { bytesOf, contentOf, eventsOf, type Split } from './foreign/wire.ts';

export type { Heard, Script } from './foreign/script.ts';
export { scripted } from './foreign/script.ts';
export { takenOver } from './foreign/takenOver.ts';

export interface ForeignOptions {
  readonly script: Script;
  /** How the bytes of a stream are cut: whole events, one by one, or in odd sizes also within characters. */
  readonly split?: Split;
  /** Milliseconds between two pieces of a stream. */
  readonly delay?: number;
  /** So many of the newest requests are remembered; 300 when absent. */
  readonly remembered?: number;
  /** For the age of what is cached. */
  readonly now?: () => number;
}

export interface ForeignService {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly key: string;
  /** The newest requests for messages that were not refused, oldest first. */
  readonly heard: readonly Heard[];
  /** What was refused for breaking the API's rules, a line each. Faults of a script are none. */
  readonly refused: readonly string[];
  /** Input tokens of all answers: read from the cache, written to it, and neither. */
  readonly tokens: { readonly read: number; readonly written: number; readonly fresh: number };
  /** Streams that were left by the client before their end. */
  readonly left: number;
  use(script: Script): void;
  close(): Promise<void>;
}

export async function startForeignService(options: ForeignOptions): Promise<ForeignService> {
  const service = createService(options);
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    void service.serve(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else fail(response, 500, 'api_error', `The script failed: ${String(error)}`);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    key: service.key,
    heard: service.heard,
    refused: service.refused,
    tokens: service.tokens,
    get left() {
      return service.left();
    },
    use: service.use,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function createService({
  script: first,
  split = 'events',
  delay = 0,
  remembered = 300,
  now = Date.now,
}: ForeignOptions) {
  const key = `foreign-${createHash('sha256').update(String(process.hrtime.bigint())).digest('hex').slice(0, 24)}`;
  const heard: Heard[] = [];
  const refused: string[] = [];
  const issued: Issued = new Map();
  const cache = createForeignCache(now);
  const tokens = { read: 0, written: 0, fresh: 0 };
  let script = first;
  let left = 0;
  let count = 0;
  let asked = 0;

  return {
    key,
    heard,
    refused,
    tokens,
    left: () => left,
    use(next: Script) {
      script = next;
    },
    serve,
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request);
    const path = (request.url ?? '').split('?')[0] ?? '';
    const isCount = path === '/v1/messages/count_tokens';
    if (request.method !== 'POST' || (path !== '/v1/messages' && !isCount))
      return fail(response, 404, 'not_found_error', `Not found: ${request.method} ${path}`);
    const given = request.headers['x-api-key'] ?? request.headers.authorization?.replace(/^Bearer /, '');
    if (given !== key) return fail(response, 401, 'authentication_error', 'invalid x-api-key');
    const body = parsed(text);
    const wrong = [...requestProblems(body, request.headers, isCount), ...messageProblems(body, issued)];
    const said = { index: asked, body, headers: request.headers, chain: cache.chain(body) };
    if (wrong.length > 0) {
      refused.push(...wrong);
      return fail(response, 400, 'invalid_request_error', wrong.join('; '));
    }
    if (isCount) return answer(response, { input_tokens: cache.count(body) });
    heard.push(said);
    if (heard.length > remembered) heard.shift();
    asked += 1;
    const reply = await script(said);
    await send(response, said, reply);
  }

  async function send(response: ServerResponse, said: Heard, reply: Reply): Promise<void> {
    const { fault } = reply;
    if (fault?.kind === 'status') return failAs(response, fault);
    count += 1;
    const content = contentOf(reply, count);
    for (const block of content)
      if (block['type'] === 'thinking' || block['type'] === 'redacted_thinking')
        issued.set(String(block['signature'] ?? block['data']), {
          block: JSON.stringify(block),
          chain: said.chain,
          message: count,
          calls: callsIn(content),
        });
    const usage = cache.use(said.body);
    tokens.read += usage.cache_read_input_tokens;
    tokens.written += usage.cache_creation_input_tokens;
    tokens.fresh += usage.input_tokens;
    const message = { id: `msg_foreign_${count}`, model: said.body['model'], content, usage };
    if (said.body['stream'] !== true) return answer(response, eventsOf(message, reply).whole);
    await stream(response, eventsOf(message, reply).events, reply);
  }

  async function stream(response: ServerResponse, events: readonly object[], reply: Reply): Promise<void> {
    const { fault, hold } = reply;
    const gone = new Promise<void>((resolve) => response.once('close', resolve));
    let isWhole = false;
    response.once('close', () => {
      if (!isWhole && fault === undefined) left += 1;
    });
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'request-id': `req_foreign_${count}`,
    });
    for (const [at, event] of events.entries()) {
      if (fault !== undefined && at === fault.after) return broken(response, fault);
      if (hold !== undefined && at === hold.after) await Promise.race([hold.until, gone]);
      for (const piece of bytesOf(event, split, at)) {
        if (response.destroyed) return;
        const hasRoom = response.write(piece);
        if (!hasRoom) await Promise.race([new Promise((resolve) => response.once('drain', resolve)), gone]);
        if (delay > 0) await pause(delay);
      }
    }
    isWhole = true;
    response.end();
  }
}

function callsIn(content: readonly Record<string, unknown>[]): readonly string[] {
  return content.flatMap((block) => (block['type'] === 'tool_use' ? [String(block['id'])] : []));
}

type Fault = NonNullable<Reply['fault']>;

/** A stream that does not come to its end. */
function broken(response: ServerResponse, fault: Exclude<Fault, { kind: 'status' }>): void {
  switch (fault.kind) {
    case 'cut':
      // What was written before has to arrive.
      return void setImmediate(() => response.destroy());
    case 'stall':
      return;
    case 'event': {
      const error = { type: fault.type, message: fault.message ?? 'Overloaded' };
      response.end(`event: error\ndata: ${JSON.stringify({ type: 'error', error })}\n\n`);
    }
  }
}

function failAs(
  response: ServerResponse,
  { status, type, message, headers }: Extract<Fault, { kind: 'status' }>,
): void {
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  fail(response, status, type, message ?? type);
}

function fail(response: ServerResponse, status: number, type: string, message: string): void {
  answer(response, { type: 'error', error: { type, message }, request_id: 'req_foreign' }, status);
}

function answer(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_foreign' });
  response.end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part as Uint8Array); // No encoding is set.
  return Buffer.concat(parts).toString();
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
