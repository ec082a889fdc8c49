/** The ordinary transport: HTTP/1.1 over undici, one socket for each request under way, a few kept for the next. */
import { checkCertificate, type Trust } from './certificate.ts';
import { createConnector, type Dial, dialDirect, dialThrough } from './connect.ts';
import { HttpExchange } from './exchange.ts';
import { Lane } from './lane.ts';
import { isDirect, type ProxyAddress, proxyOf } from './proxy.ts';
import { type Transport, TransportFailure } from './transport.ts';
import type { UndiciParts } from './undici.ts';

/** Connections kept open for later requests. */
const mostIdle = 8;

export interface HttpOptions extends Trust {
  readonly proxy: string | undefined;
  readonly noProxy: readonly string[];
}

/** @throws ClaudeError of kind `configuration` when the proxy or the client's certificate cannot be used. */
export function createHttpTransport(options: HttpOptions): Transport {
  if (options.clientCertificate !== undefined) checkCertificate(options.clientCertificate);
  const proxy = options.proxy === undefined ? undefined : proxyOf(options.proxy);
  const idle: Lane[] = [];
  const busy = new Set<Lane>();
  let dials: Dials | undefined;
  let closed = false;

  const dialFor = (parts: UndiciParts, origin: string): Dial => {
    dials ??= dialsFor(parts, options, proxy);
    return isDirect(origin, options.noProxy) ? dials.direct : dials.proxied;
  };
  const pool = {
    acquire(parts: UndiciParts, origin: string, fresh: boolean): Lane {
      if (closed) throw closedFailure();
      const at = fresh ? -1 : idle.findLastIndex((lane) => lane.origin === origin);
      const lane = idle.splice(at, at < 0 ? 0 : 1)[0] ?? new Lane(parts, origin, dialFor(parts, origin));
      busy.add(lane);
      return lane;
    },
    release(lane: Lane, usable: boolean): void {
      if (!busy.delete(lane)) return;
      if (usable && !closed && idle.length < mostIdle) idle.push(lane);
      else void lane.destroy();
    },
    discard(lane: Lane): void {
      const at = idle.indexOf(lane);
      if (at >= 0) void idle.splice(at, 1)[0]?.destroy();
    },
  };
  return {
    send(request, onStage) {
      if (closed) throw closedFailure();
      return new HttpExchange(request, onStage, pool);
    },
    async close() {
      closed = true;
      await Promise.all([...idle.splice(0), ...busy].map((lane) => lane.destroy()));
      busy.clear();
    },
  };
}

interface Dials {
  readonly direct: Dial;
  readonly proxied: Dial;
}

function dialsFor(parts: UndiciParts, options: HttpOptions, proxy: ProxyAddress | undefined): Dials {
  const toService = createConnector(parts, options);
  const direct = dialDirect(toService);
  if (proxy === undefined) return { direct, proxied: direct };
  const toProxy = createConnector(parts, { ...options, clientCertificate: undefined });
  return { direct, proxied: dialThrough({ parts, proxy, toProxy, toService }) };
}

function closedFailure(): TransportFailure {
  return new TransportFailure('request', 'CLOSED', 'the client was closed');
}
