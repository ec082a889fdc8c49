/** The demo backend: the Messages API on loopback, answering from rules. No model is running, and every answer says so. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { answerTo } from './answer.ts';
import { formIn } from './multipart.ts';
import { respond } from './respond.ts';
import type { FormPart, Route } from './response.ts';
import { createRoutes } from './routes.ts';
import type { DemoRequest, Scenario } from './scenario.ts';

export interface DemoOptions {
  /** Part of the key that requests must carry; random for each run when absent. */
  readonly token?: string;
  /** Milliseconds between the pieces of an answer. */
  readonly delay?: number;
  readonly scenario?: Scenario;
  /** 0, the default, is any free one. */
  readonly port?: number;
}

export interface Demo {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The one key that is accepted: `gloss-demo-` and the token. */
  readonly key: string;
  /** The newest requests, oldest first. */
  readonly requests: readonly DemoRequest[];
  openSockets(): number;
  /** What happens instead of an answer from the rules, from the next request on; undefined: the rules again. */
  use(scenario: Scenario | undefined): void;
  /** At once: what runs is cut. */
  close(): Promise<void>;
}

/** Requests are forgotten beyond so many, and beyond so many bytes of bodies. */
const mostRemembered = { requests: 2_000, bytes: 64 * 1024 * 1024 };
const defaultDelay = 12;
/** The API's own limit for messages, in bytes, and this demo's for what may be larger there. */
const largestBody = 32 * 1024 * 1024;
const largestUpload = 64 * 1024 * 1024;
const uploads = /^\/v1\/(files|skills|messages\/batches)(\/|$)/;

/** Listens on 127.0.0.1 only, on a random port, for requests with this run's key (threats S26). */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const key = `gloss-demo-${options.token ?? randomBytes(16).toString('hex')}`;
  const requests: DemoRequest[] = [];
  const sockets = new Set<Socket>();
  let scenario = options.scenario;
  const next = (): Scenario | undefined => {
    const current = scenario;
    if (current?.afterwards !== undefined) scenario = current.afterwards;
    return current;
  };
  const serving = {
    key,
    routes: createRoutes(),
    remember: rememberIn(requests),
    next,
    delay: options.delay ?? defaultDelay,
  };
  const server = createServer((request, response) => {
    void serve(request, response, serving).catch((failure: unknown) => fail(response, failure));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await listening(server, options.port ?? 0);
  // An address of a TCP server is never a string or null once it listens.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    key,
    requests,
    openSockets: () => sockets.size,
    use(given) {
      scenario = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

interface Serving {
  readonly key: string;
  readonly routes: readonly Route[];
  readonly remember: (request: DemoRequest, bytes: number) => void;
  readonly delay: number;
  next(): Scenario | undefined;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { key, routes, remember, next, delay }: Serving,
): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?');
  const body = await bodyOf(request, uploads.test(path) ? largestUpload : largestBody);
  const form = body === undefined ? undefined : formIn(request.headers['content-type'], body);
  const seen: DemoRequest = {
    method: request.method ?? '',
    path,
    query,
    headers: request.headers,
    body: form?.map(outlineOf) ?? parsed(body?.toString()),
    aborted: false,
  };
  remember(seen, form === undefined ? (body?.length ?? 0) : 0);
  response.on('close', () => {
    seen.aborted = !response.writableEnded;
  });
  const scenario = next();
  await respond(response, answerTo(seen, { key, routes, tooLarge: body === undefined, form, scenario }), {
    scenario,
    delay,
  });
}

/** A bug of the demo's own reaches the client as an error of the service; where the connection failed there is nobody to tell. */
function fail(response: ServerResponse, failure: unknown): void {
  if (response.destroyed || response.headersSent) return void response.destroy();
  const error = { type: 'api_error', message: `The demo backend failed: ${String(failure)}` };
  response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ type: 'error', error }));
}

/** Adds to the list, and takes the oldest out while there are too many or they are too large together. */
function rememberIn(requests: DemoRequest[]): Serving['remember'] {
  const sizes: number[] = [];
  let total = 0;
  return (request, bytes) => {
    requests.push(request);
    sizes.push(bytes);
    total += bytes;
    while (requests.length > mostRemembered.requests || (total > mostRemembered.bytes && requests.length > 1)) {
      requests.shift();
      total -= sizes.shift() ?? 0;
    }
  };
}

/** Undefined when it is too large. */
async function bodyOf(request: IncomingMessage, largest: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    // The request stream has no encoding set, so its parts are bytes.
    const bytes = part as Buffer;
    size += bytes.length;
    if (size <= largest) parts.push(bytes);
    else parts.length = 0;
  }
  return size > largest ? undefined : Buffer.concat(parts);
}

/** What there is in a part of a form; small texts as they are. */
function outlineOf({ name, filename, contentType, bytes }: FormPart): object {
  const value = filename === undefined ? { value: Buffer.from(bytes).toString().slice(0, 1_000) } : {};
  return { name, filename, contentType, size: bytes.length, ...value };
}

function parsed(body: string | undefined): unknown {
  if (body === undefined || body === '') return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}
