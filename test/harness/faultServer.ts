/** A server of raw sockets that does what a script says, right or wrong: for faults that no HTTP library would make. */
import { once } from 'node:events';
import net from 'node:net';
import { setImmediate } from 'node:timers/promises';

/**
 * What happens on a connection, in order.
 * - `read`: waits for a whole request. `head`: only for its headers.
 * - `hold`: does nothing for ever.
 * - `deaf`: stops reading, for ever.
 * - `fin`: ends the connection; `rst`: resets it.
 * - bytes or text: sends them. `{ slowly }`: byte by byte. `{ chunk }`: as one HTTP chunk.
 */
export type Step =
  | 'read'
  | 'head'
  | 'hold'
  | 'deaf'
  | 'fin'
  | 'rst'
  | string
  | Uint8Array
  | { readonly slowly: string | Uint8Array }
  | { readonly chunk: string | Uint8Array };

export type Script = readonly Step[];

export interface FaultServer {
  readonly origin: string;
  readonly port: number;
  /** Connections made so far. */
  readonly connections: number;
  /** Connections that are open. */
  readonly open: number;
  /** Bytes that came in, per connection. */
  readonly received: readonly string[];
  /** Resolves when so many connections have done their script up to a `hold`, `deaf` or end. */
  done(connections: number): Promise<void>;
  /** Resolves when no connection is open. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts on loopback. @param scripts One for each connection; the last one serves all that follow. */
export async function faultServer(...scripts: readonly Script[]): Promise<FaultServer> {
  const sockets = new Set<net.Socket>();
  const received: string[] = [];
  const waiting: (() => void)[] = [];
  let finished = 0;
  const changed = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const server = net.createServer((socket) => {
    const at = received.push('') - 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      changed();
    });
    socket.on('data', (bytes) => {
      received[at] += bytes.toString('latin1');
      changed();
    });
    const arrived = (part: 'read' | 'head') =>
      until(() => socket.destroyed || (part === 'read' ? isWhole : hasHead)(received[at] ?? ''));
    void play(socket, scripts[Math.min(at, scripts.length - 1)] ?? [], arrived).then(() => {
      finished += 1;
      changed();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    get connections() {
      return received.length;
    },
    get open() {
      return sockets.size;
    },
    received,
    done: (connections) => until(() => finished >= connections),
    idle: () => until(() => sockets.size === 0),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function play(
  socket: net.Socket,
  script: Script,
  arrived: (part: 'read' | 'head') => Promise<void>,
): Promise<void> {
  for (const step of script) {
    if (step === 'read' || step === 'head') await arrived(step);
    else if (step === 'hold') return;
    else if (step === 'deaf') return void socket.pause();
    else if (step === 'fin') socket.end();
    else if (step === 'rst') socket.resetAndDestroy();
    else if (typeof step === 'string' || step instanceof Uint8Array) await sent(socket, step);
    else if ('chunk' in step) await sent(socket, chunk(step.chunk));
    else
      for (const byte of Buffer.from(step.slowly)) {
        await sent(socket, Buffer.of(byte));
        await setImmediate();
      }
  }
}

/** Data as one HTTP chunk. */
export function chunk(data: string | Uint8Array): Buffer {
  const bytes = Buffer.from(data);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

async function sent(socket: net.Socket, bytes: string | Uint8Array): Promise<void> {
  if (!socket.writable) return;
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
}

function hasHead(request: string): boolean {
  return request.includes('\r\n\r\n');
}

function isWhole(request: string): boolean {
  if (/^transfer-encoding: *chunked/im.test(request.slice(0, 4_096))) return request.endsWith('\r\n0\r\n\r\n');
  const bodyAt = request.indexOf('\r\n\r\n') + 4;
  const length = Number(/^content-length: *(\d+)/im.exec(request)?.[1] ?? 0);
  return bodyAt >= 4 && request.length >= bodyAt + length;
}
