/** The two parts of undici that are used, loaded at the first request: its index would load four times as much. */

/** What is used of a socket. */
export interface Socket {
  on(event: string, listener: (...values: unknown[]) => void): Socket;
  once(event: string, listener: (...values: unknown[]) => void): Socket;
  prependOnceListener(event: string, listener: (...values: unknown[]) => void): Socket;
  destroy(): void;
}

export interface Controller {
  rawHeaders: unknown;
  pause(): void;
  resume(): void;
}

/** Told about one request and its answer. */
export interface Handler {
  onRequestStart(controller: Controller): void;
  onRequestSent?(): void;
  onRequestUpgrade?(controller: Controller, status: number, headers: unknown, socket: Socket): void;
  /** The first byte of an answer is there. */
  onResponseStarted?(): void;
  onResponseStart?(controller: Controller, status: number, headers: Readonly<Record<string, string | string[]>>): void;
  onResponseData?(controller: Controller, chunk: Uint8Array): void;
  onResponseEnd?(controller: Controller): void;
  onResponseError(controller: Controller | null, error: Error): void;
}

export interface ConnectOptions {
  readonly hostname: string;
  readonly host?: string;
  readonly protocol: string;
  readonly port: string;
  readonly servername?: string | null;
  /** A connection to put TLS on. */
  readonly httpSocket?: Socket;
}

/** Exactly one of the two is there. */
export type Connected = (error: Error | null, socket: Socket | null) => void;
export type Connector = (options: ConnectOptions, connected: Connected) => Socket;

export interface DispatchOptions {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined;
}

/** One connection at a time, and the requests on it. */
export interface UndiciClient {
  dispatch(options: DispatchOptions, handler: Handler): boolean;
  destroy(): Promise<void>;
}

export interface UndiciParts {
  readonly Client: new (origin: string, options: ClientOptions) => UndiciClient;
  readonly buildConnector: (options: Readonly<Record<string, unknown>>) => Connector;
}

interface ClientOptions {
  readonly connect: (options: ConnectOptions, connected: Connected) => void;
  readonly headersTimeout: number;
  readonly bodyTimeout: number;
  readonly keepAliveTimeout: number;
  readonly maxHeaderSize: number;
  readonly allowH2: boolean;
}

/** Deadlines are the caller's; HTTP/1.1 only: each stream has a socket of its own, so that one cannot hold up another. */
export const clientOptions = {
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveTimeout: 15_000,
  maxHeaderSize: 65_536,
  allowH2: false,
};

let loading: Promise<UndiciParts> | undefined;

export function loadUndici(): Promise<UndiciParts> {
  loading ??= load();
  return loading;
}

async function load(): Promise<UndiciParts> {
  const [client, connect] = await Promise.all([
    import('undici/lib/dispatcher/client.js'),
    import('undici/lib/core/connect.js'),
  ]);
  return {
    // These parts have no types of their own; the tests of the transport hold them to these.
    Client: client.default as UndiciParts['Client'],
    buildConnector: connect.default as UndiciParts['buildConnector'],
  };
}
