/** A transport over `fetch`, for places where sockets are somebody else's. */
import { type ByteSource, type HttpRequest, type HttpResponse, type Transport, TransportFailure } from './transport.ts';

type Fetch = typeof globalThis.fetch;

/**
 * Carries requests with a `fetch`. Proxies, certificates and connections are then its own business, and so are its
 * timeouts: Node's gives up after 300 s of silence, whatever the deadlines say.
 */
export function fetchTransport(fetch: Fetch): Transport {
  return {
    send(request, onStage) {
      const controller = new AbortController();
      onStage('request');
      const response = answered(fetch, request, controller.signal);
      return { response, destroy: () => controller.abort() };
    },
    async close() {},
  };
}

async function answered(fetch: Fetch, request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
  const { method, headers, body = null } = request;
  const sent = typeof body === 'object' && body !== null && 'open' in body ? ReadableStream.from(body.open()) : body;
  // `duplex` is missing in the types, and bytes may be shared memory by theirs, which these are not.
  const parts = { method, headers, redirect: 'manual', signal, duplex: 'half', body: sent } as RequestInit;
  try {
    const answer = await fetch(`${request.origin}${request.path}`, parts);
    // What was compressed is not any more: these two no longer fit.
    const { 'content-encoding': _encoding, 'content-length': _length, ...kept } = Object.fromEntries(answer.headers);
    return { status: answer.status, headers: kept, body: sourceOf(answer.body?.getReader()) };
  } catch (error) {
    throw failureOf('headers', error);
  }
}

function sourceOf(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): ByteSource {
  let next: { readonly value?: Uint8Array | undefined; readonly done: boolean } = { done: reader === undefined };
  let failure: TransportFailure | undefined;
  return {
    take() {
      const { value, done } = next;
      next = { done };
      if (value === undefined && failure !== undefined) throw failure;
      return value;
    },
    get ended() {
      return next.done;
    },
    async wait(wake) {
      if (next.value === undefined && !next.done && failure === undefined && reader !== undefined)
        await reader.read().then(
          (read) => {
            next = read;
          },
          (error: unknown) => {
            failure = failureOf('body', error);
          },
        );
      wake();
    },
    release: () => void reader?.cancel().catch(() => {}),
  };
}

/** `fetch` hides what happened in the cause of its error. */
function failureOf(stage: 'headers' | 'body', error: unknown): TransportFailure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'FETCH';
  return new TransportFailure(stage, code, cause instanceof Error ? cause.message : String(cause));
}
