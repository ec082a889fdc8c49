/** What others put around the transport: each attempt passes through it. */
import type { Transport } from './transport.ts';

/**
 * Puts something around a transport: it may change requests, answer them itself, or look at answers. It sees the key
 * in the headers. Throw a `TransportFailure` for what may pass by itself; it is then tried again.
 */
export type Middleware = (next: Transport) => Transport;

/** The transport with all of them around it; the first one is the outermost. */
export function wrapped(transport: Transport, middleware: readonly Middleware[]): Transport {
  return middleware.reduceRight((next, wrap) => wrap(next), transport);
}
