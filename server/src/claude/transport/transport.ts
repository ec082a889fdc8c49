/** What carries requests: the seam for other ways to the service. */
import type { Stage } from '../errors.ts';

/** A request as it goes out. */
export interface HttpRequest {
  /** The HTTP method. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `https://host[:port]`. */
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** All of it, or a source that is read while it is sent; none when absent. */
  readonly body?: string | Uint8Array | StreamedBody;
  /** Doing it twice would cost twice: it goes on a new connection, and is never sent again by the transport itself. */
  readonly once?: boolean;
}

/**
 * A body that is read while it is sent, as fast as the connection takes it. Its iterator's `return` is called when no
 * more is wanted.
 */
export interface StreamedBody {
  /** Bytes, where they are known beforehand; otherwise the body is sent in chunks. */
  readonly length?: number;
  /** Whether `open` may be called again for another attempt; if not, a call that fails after it was opened is final. */
  readonly replayable: boolean;
  /** Called once for each attempt, when the connection stands. */
  open(): AsyncIterable<Uint8Array>;
}

/** Bytes of a body; undefined for none, and where nobody knows. */
export function bytesIn(body: HttpRequest['body']): number | undefined {
  return typeof body === 'string' ? Buffer.byteLength(body) : body?.length;
}

/** An answer whose body is yet to be read. */
export interface HttpResponse {
  /** The HTTP status. */
  readonly status: number;
  /** Lower-case names; what came more than once is joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as they come; they wait until they are taken. */
  readonly body: ByteSource;
}

/**
 * The bytes of an answer, handed out one chunk at a time; what is not taken stays on the other side. With calls back
 * instead of promises: thousands of streams wait at any time, and a promise for each would be most of their memory.
 */
export interface ByteSource {
  /**
   * A chunk that is there; undefined when there is none at the moment, or none any more.
   * @throws TransportFailure when the connection broke, after the chunks that came before.
   */
  take(): Uint8Array | undefined;
  /** Everything was taken, and no more comes. */
  readonly ended: boolean;
  /** Calls back once, as soon as there is a chunk, the end, or a failure; maybe at once. For one caller at a time. */
  wait(wake: () => void): void;
  /** No more is wanted. The connection is kept when the answer ends at once, and closed otherwise. */
  release(): void;
}

/** A request on its way. */
export interface Exchange {
  /** @throws TransportFailure */
  readonly response: Promise<HttpResponse>;
  /** Gives up: the connection is closed at once, not drained, and not used again if the answer has ended already. */
  destroy(): void;
}

/** What carries requests; give another one to test, or to go another way. */
export interface Transport {
  /** @param onStage Told when the request has got somewhere: connecting is over with `request`. */
  send(request: HttpRequest, onStage: (stage: Stage) => void): Exchange;
  /** Closes every connection, those in use too. */
  close(): Promise<void>;
}

/** A connection that was not made, or broke. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  /** How far the request had come. */
  readonly stage: Stage;
  /** The word for it of the layer below, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
  readonly code: string;
  /** The host, where it is not the service's. */
  readonly host: string | undefined;

  constructor(stage: Stage, code: string, message: string, host?: string) {
    super(message);
    this.stage = stage;
    this.code = code;
    this.host = host;
  }
}
