/** Makes connections, straight or through a proxy, and knows how far each has got. */
import type { Stage } from '../errors.ts';
import { secureContext, type Trust } from './certificate.ts';
import { isAddress, type ProxyAddress } from './proxy.ts';
import { TransportFailure } from './transport.ts';
import {
  type Connected,
  type ConnectOptions,
  type Connector,
  clientOptions,
  type UndiciClient,
  type UndiciParts,
} from './undici.ts';

/** One attempt to connect. */
export interface Attempt {
  enter(stage: Stage): void;
  /** To be called when the attempt is given up. */
  onGiveUp(close: () => void): void;
}

export type Dial = (attempt: Attempt, options: ConnectOptions, connected: Connected) => void;

/** Verification is said to be on: `NODE_TLS_REJECT_UNAUTHORIZED` does not switch it off here. The deadline is the caller's. */
export function createConnector({ buildConnector }: UndiciParts, trust: Trust): Connector {
  return buildConnector({
    secureContext: secureContext(trust),
    rejectUnauthorized: true,
    timeout: 0,
    allowH2: false,
  });
}

/** Connects straight to the service. */
export function dialDirect(connector: Connector): Dial {
  return (attempt, options, connected) => {
    const { hostname, protocol } = options;
    let stage: Stage = isAddress(hostname) ? 'connect' : 'dns';
    const enter = (next: Stage): void => {
      stage = next;
      attempt.enter(next);
    };
    enter(stage);
    const socket = connector(options, (error, made) => connected(error && failureOf(error, stage), made));
    // An address is not looked up: the listener would stay.
    if (stage === 'dns') socket.once('lookup', (error) => (error ? undefined : enter('connect')));
    if (protocol === 'https:') socket.prependOnceListener('connect', () => enter('tls'));
    attempt.onGiveUp(() => socket.destroy());
  };
}

/** How to get to a proxy, and on behind it. The proxy is not shown what only the service is to see. */
export interface Proxied {
  readonly parts: UndiciParts;
  readonly proxy: ProxyAddress;
  readonly toProxy: Connector;
  readonly toService: Connector;
}

/** Asks a proxy to connect to the service (HTTP CONNECT), then goes on as if straight. */
export function dialThrough(proxied: Proxied): Dial {
  return (attempt, options, connected) => {
    attempt.enter('proxy');
    const onTunnel: Connected = (error, tunnel) => {
      if (tunnel !== null) attempt.onGiveUp(() => tunnel.destroy());
      if (tunnel === null || options.protocol !== 'https:') {
        connected(error, tunnel);
      } else {
        attempt.enter('tls');
        const done: Connected = (failure, made) => connected(failure && failureOf(failure, 'tls'), made);
        proxied.toService({ ...options, httpSocket: tunnel }, done);
      }
    };
    openTunnel({ ...proxied, attempt }, options, onTunnel);
  };
}

function openTunnel(
  { parts, toProxy, proxy, attempt }: Proxied & { readonly attempt: Attempt },
  options: ConnectOptions,
  onTunnel: Connected,
): void {
  const target = `${options.hostname.includes(':') ? `[${options.hostname}]` : options.hostname}:${options.port || (options.protocol === 'https:' ? '443' : '80')}`;
  const client: UndiciClient = new parts.Client(proxy.origin, {
    ...clientOptions,
    connect: (address, connected) => {
      const socket = toProxy(address, (error, made) => connected(error && failureOf(error, 'proxy', proxy.host), made));
      attempt.onGiveUp(() => socket.destroy());
    },
  });
  const fail = (failure: TransportFailure): void => {
    void client.destroy();
    onTunnel(failure, null);
  };
  const headers = {
    host: target,
    ...(proxy.authorization !== undefined && { 'proxy-authorization': proxy.authorization }),
  };
  client.dispatch(
    { method: 'CONNECT', path: target, headers },
    {
      onRequestStart() {},
      onRequestUpgrade(_controller, status, _headers, socket) {
        if (status >= 200 && status < 300) return onTunnel(null, socket);
        // What else goes wrong on it does not matter any more.
        socket.on('error', () => {}).destroy();
        fail(new TransportFailure('proxy', `HTTP_${status}`, `the proxy answered ${status}`, proxy.host));
      },
      onResponseError: (_controller, error) => fail(failureOf(error, 'proxy', proxy.host)),
    },
  );
}

/** undici tries again for ever after errors with its own codes, which mean that a connection stood: they get others. */
const plain: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'CLOSED',
  UND_ERR_INFO: 'CLOSED',
  UND_ERR_DESTROYED: 'CLOSED',
};

function failureOf(error: Error, stage: Stage, host?: string): TransportFailure {
  if (error instanceof TransportFailure) return error;
  return new TransportFailure(stage, codeOf(error), error.message, host);
}

/** The code of an error, or of the first one inside it when several addresses were tried. */
export function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return plain[error.code] ?? error.code;
  const [first] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error ? codeOf(first) : error.name;
}
