/** Servers and clients on real sockets for tests of the Claude client; all are closed when the test ends. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { onTestFinished } from 'vitest';
import { Claude, type ClaudeOptions } from '../../server/src/claude/index.ts';
import { type FaultServer, faultServer, type Script } from './faultServer.ts';
import { block, end, start, text, written } from './streams.ts';

/** A short answer, whole and as events. */
export const events = [start(), ...block(0, { type: 'text', text: '' }, ...text('Hello ', 'there.')), ...end()];
export const whole = written(events);

const status = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';

/** The headers of a stream: in chunks, or without their end, for other framings. */
export const head = `${status}transfer-encoding: chunked\r\n\r\n`;
export const openHead = status;

/** A server that answers as it should. */
export const goodScript: Script = ['read', head, { chunk: whole }, '0\r\n\r\n'];

export async function started(...scripts: readonly Script[]): Promise<FaultServer> {
  const server = await faultServer(...scripts);
  onTestFinished(() => server.close());
  return server;
}

export function clientOf(baseURL: string, options: Partial<ClaudeOptions> = {}): Claude {
  const claude = new Claude({ apiKey: 'sk-canary', baseURL, ...options });
  onTestFinished(() => claude.close());
  return claude;
}

/** Listens on loopback until the test ends. Returns where. */
export async function listening(
  server: net.Server,
): Promise<{ readonly origin: string; readonly host: string; readonly port: number }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, port };
}

const fixtures = path.resolve(import.meta.dirname, '../fixtures/tls');

function pem(name: string): string {
  return readFileSync(path.join(fixtures, `${name}.pem`), 'utf8');
}

/** A file of certificate and key, as the two. */
export function identity(name: string): { readonly cert: string; readonly key: string } {
  const [cert = '', key = ''] = pem(name).split(/(?<=-----END CERTIFICATE-----\n)/);
  return { cert, key };
}

/** The key of `clientLocked.pem` and `client.p12` opens with `canary-pw`. */
export const pkcs12 = readFileSync(path.join(fixtures, 'client.p12'));
export const otherKey = pem('otherKey');

/** The authority that signed the good certificate. */
export const ca = pem('ca');

export interface SecureServer {
  readonly port: number;
  /** Bytes that reached it through the encryption. */
  received(): number;
  /** Names of the clients that showed a certificate. */
  readonly clients: readonly string[];
}

/**
 * A server with a certificate of `test/fixtures/tls`.
 * @param asks Whether clients have to show a certificate, too.
 */
export async function secureServer(name: string, asks = false): Promise<SecureServer> {
  let received = 0;
  const clients: string[] = [];
  const mutual = asks ? { ca: pem('clientCa'), requestCert: true, rejectUnauthorized: true } : {};
  const options = { cert: pem(name), key: pem(name), ciphers: 'DEFAULT@SECLEVEL=0', ...mutual };
  const server = tls.createServer(options, (socket) => {
    clients.push(...[socket.getPeerCertificate().subject?.CN ?? []].flat());
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      received += bytes.length;
      socket.end(Buffer.concat([Buffer.from(`${openHead}connection: close\r\n\r\n`), whole]));
    });
  });
  server.on('tlsClientError', () => {});
  const { port } = await listening(server);
  return { port, received: () => received, clients };
}

/** Turns of the event loop, for what is on its way. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}
