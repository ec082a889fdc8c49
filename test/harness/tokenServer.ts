/** A token endpoint and the API behind it, on loopback: tokens are made, counted, taken back, and asked for. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { streams, written } from './streams.ts';

/** A request as it came in. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the token endpoint answers in place of a token. */
export type Reply = (response: ServerResponse, received: Received) => void;

export interface TokenServer {
  readonly origin: string;
  /** Requests to the token endpoint, and to the API. */
  readonly exchanges: readonly Received[];
  readonly calls: readonly Received[];
  /** The refresh token that is good now. */
  readonly refreshToken: string;
  /** The access token that was made last. */
  readonly accessToken: string;
  /** From now on this access token is refused by the API. */
  refuse(token: string): void;
  /** What the endpoint answers from now on; undefined: a token. */
  reply: Reply | undefined;
  /** What the API answers from now on; undefined: a stream, or 401 for tokens that are refused. */
  answer: Reply | undefined;
  /** Seconds that tokens are good. */
  life: number;
  close(): Promise<void>;
}

/** Starts on loopback. Each refresh token can be used once, as services do that look for stolen ones. */
export async function tokenServer(): Promise<TokenServer> {
  const exchanges: Received[] = [];
  const calls: Received[] = [];
  const refused = new Set<string>();
  const state: {
    access: number;
    refresh: number;
    life: number;
    reply?: Reply | undefined;
    answer?: Reply | undefined;
  } = {
    access: 0,
    refresh: 0,
    life: 3_600,
  };
  const accessToken = () => `sk-ant-oat-canary-access-${state.access}`;
  const refreshToken = () => `sk-ant-ort-canary-refresh-${state.refresh}`;
  const issue = (response: ServerResponse, received: Received): void => {
    const body: unknown = JSON.parse(received.body);
    const given = typeof body === 'object' && body !== null && 'refresh_token' in body ? body.refresh_token : undefined;
    if (given !== undefined && given !== refreshToken())
      return void sendJson(response, 400, { error: 'invalid_grant' });
    state.access += 1;
    if (given !== undefined) state.refresh += 1;
    sendJson(response, 200, {
      token_type: 'Bearer',
      access_token: accessToken(),
      expires_in: state.life,
      ...(given !== undefined && { refresh_token: refreshToken() }),
    });
  };
  const server = createServer(async (request, response) => {
    const received = await receivedOf(request);
    if (received.path.endsWith('/v1/oauth/token')) {
      exchanges.push(received);
      (state.reply ?? issue)(response, received);
      return;
    }
    calls.push(received);
    if (state.answer !== undefined) return state.answer(response, received);
    const token = (received.headers['authorization'] ?? received.headers['x-api-key'] ?? '').replace('Bearer ', '');
    if (refused.has(token))
      sendJson(response, 401, { type: 'error', error: { type: 'authentication_error', message: token } });
    else response.writeHead(200, { 'content-type': 'text/event-stream' }).end(written(streams['text'] ?? []));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // An address of a TCP server is never a string or null once it listens.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    exchanges,
    calls,
    get refreshToken() {
      return refreshToken();
    },
    get accessToken() {
      return accessToken();
    },
    get life() {
      return state.life;
    },
    set life(seconds) {
      state.life = seconds;
    },
    get reply() {
      return state.reply;
    },
    set reply(reply) {
      state.reply = reply;
    },
    get answer() {
      return state.answer;
    },
    set answer(answer) {
      state.answer = answer;
    },
    refuse: (token) => void refused.add(token),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function receivedOf(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString(),
  };
}
