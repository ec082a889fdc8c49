/** A server of raw sockets that does what a script says, right or wrong: for faults that no HTTP library would make. */
import { once } from 'node:events';
import net from 'node:net';
import { setImmediate } from 'node:timers/promises';
import tls from 'node:tls';

/**
 * What happens on a connection, in order.
 * - `read`: waits for a whole request. `head`: only for its headers.
 * - `again`: forgets the request, so that the next `read` waits for another one.
 * - `hold`: does nothing for ever.
 * - `deaf`: stops reading, for ever, and goes on.
 * - `fin`: ends the connection; `rst`: resets it. `refuse`: takes no more connections, and goes on.
 * - `{ raw }`: sends bytes past the encryption, where there is one.
 * - bytes or text: sends them. `{ slowly }`: byte by byte. `{ chunk }`: as one HTTP chunk.
 */
export type Step =
  | 'read'
  | 'head'
  | 'again'
  | 'refuse'
  | 'hold'
  | 'deaf'
  | 'fin'
  | 'rst'
  | string
  | Uint8Array
  | { readonly raw: string | Uint8Array }
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
export function faultServer(...scripts: readonly Script[]): Promise<FaultServer> {
  return listening(scripts);
}

/** The same behind an encryption, which ends without a word at `fin`. */
export function secureFaultServer(identity: tls.TlsOptions, ...scripts: readonly Script[]): Promise<FaultServer> {
  return listening(scripts, identity);
}

/** A connection, and what is spoken on it. */
interface Link {
  readonly raw: net.Socket;
  readonly socket: net.Socket;
}

async function listening(scripts: readonly Script[], identity?: tls.TlsOptions): Promise<FaultServer> {
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
  // Small writes leave at once: what was sent before a reset would otherwise still lie here.
  const server = net.createServer({ noDelay: true }, (raw) => {
    const at = received.push('') - 1;
    sockets.add(raw);
    raw.on('error', () => raw.destroy());
    raw.on('close', () => {
      sockets.delete(raw);
      changed();
    });
    const socket = identity === undefined ? raw : new tls.TLSSocket(raw, { ...identity, isServer: true });
    socket.on('error', () => raw.destroy());
    socket.on('data', (bytes) => {
      received[at] += bytes.toString('latin1');
      changed();
    });
    const control = {
      arrived: (part: 'read' | 'head') =>
        until(() => raw.destroyed || (part === 'read' ? isWhole : hasHead)(received[at] ?? '')),
      forget() {
        received[at] = '';
      },
      refuse: () => void server.close(),
    };
    void play({ raw, socket }, scripts[Math.min(at, scripts.length - 1)] ?? [], control).then(() => {
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
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

interface Control {
  arrived(part: 'read' | 'head'): Promise<void>;
  forget(): void;
  refuse(): void;
}

async function play({ raw, socket }: Link, script: Script, control: Control): Promise<void> {
  for (const step of script) {
    if (step === 'read' || step === 'head') await control.arrived(step);
    else if (step === 'again') control.forget();
    else if (step === 'refuse') control.refuse();
    else if (step === 'hold') return;
    else if (step === 'deaf') socket.pause();
    else if (step === 'fin') raw.end();
    else if (step === 'rst') await reset(raw);
    else if (typeof step === 'string' || step instanceof Uint8Array) await sent(socket, step);
    else if ('raw' in step) await sent(raw, step.raw);
    else if ('chunk' in step) await sent(socket, chunk(step.chunk));
    else
      for (const byte of Buffer.from(step.slowly)) {
        await sent(socket, Buffer.of(byte));
        await setImmediate();
      }
  }
}

/** What was sent before has to be read by then: a reset takes away what lies in the buffers of the other side. */
async function reset(socket: net.Socket): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate();
  socket.resetAndDestroy();
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
