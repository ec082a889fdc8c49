/** Answers that are bytes: read as fast as somebody takes them, collected, or saved to a file. */
import type { Call } from '../call.ts';
import { type Answer, type Answered, answerOf } from '../caller.ts';
import { ClaudeError } from '../errors.ts';
import type { HttpResponse } from '../transport/transport.ts';

/** The `accept` of what is not JSON, as the service's own libraries send it. */
export const anyBytes = 'application/binary';

/** Bytes on their way. They can be taken once, in one of the four ways; `cancel` is for when they are not wanted. */
export interface Download extends AsyncIterable<Uint8Array> {
  /** The last part of the name that the service gives; undefined when it gives none. */
  readonly name: string | undefined;
  /** Bytes, where the service says so. */
  readonly size: number | undefined;
  /** The `content-type` of the answer, as it came; undefined when it says none. */
  readonly contentType: string | undefined;
  /** The bytes as a stream of the web, for `Response` and the like. Cancelling it closes the connection. */
  stream(): ReadableStream<Uint8Array>;
  /** All of them. What breaks off is asked for again, as any call. @param most Bytes; by default 500 MB. */
  bytes(most?: number): Promise<Uint8Array>;
  /**
   * Writes them to a file that only this person can read, which has its name only when it is whole. What breaks off
   * is asked for again, as any call.
   * @param options `overwrite` replaces what is there; by default that is an error.
   */
  saveTo(path: string, options?: { readonly overwrite?: boolean }): Promise<void>;
  /** Closes the connection. */
  cancel(): void;
}

/** The answer of a call as bytes, once its headers are there, after as many attempts as that takes. Begins the call now. */
export function download(begin: () => Call): Answer<Download> {
  const whole = async (): Promise<Answered<Download>> => {
    const call = begin();
    const response = await ended(call, () => opened(call));
    return { data: createDownload(call, response), response: call.factsOf(response) };
  };
  return answerOf(whole());
}

/** An error ends the call. */
async function ended<Value>(call: Call, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    call.drop();
    const failure = call.failureOf(error);
    call.end({ error: failure });
    throw failure;
  }
}

/** The headers, after as many attempts as it takes. */
async function opened(call: Call): Promise<HttpResponse> {
  for (;;) {
    try {
      return await call.open();
    } catch (error) {
      await next(call, error);
    }
  }
}

/** Waits until another attempt may begin. */
async function next(call: Call, error: unknown): Promise<void> {
  call.drop();
  if (call.stopped !== undefined) throw call.stopped;
  await call.afterFailure(call.failureOf(error));
}

const largest = 500 * 1024 * 1024;

function createDownload(call: Call, response: HttpResponse): Download {
  const { headers } = response;
  let taken = false;
  const take = (): void => {
    if (taken)
      throw new ClaudeError('configuration', 'The download was taken already. Ask for it once more.', {
        stage: 'settings',
      });
    taken = true;
  };
  const once = (): AsyncGenerator<Uint8Array, undefined> => {
    take();
    return call.bytes(response);
  };
  /** Hands over everything; begins again as long as that makes sense. */
  const collect = (sink: Sink): Promise<void> =>
    ended(call, async () => {
      for (let current = response; ; current = await opened(call)) {
        try {
          for await (const piece of call.chunks(current)) await sink.write(piece);
          call.end({});
          return;
        } catch (error) {
          await next(call, error);
          await sink.restart();
        }
      }
    });
  return {
    name: nameIn(headers['content-disposition']),
    size: sizeOf(response),
    contentType: headers['content-type'],
    [Symbol.asyncIterator]: once,
    stream: () => webStream(once()),
    async bytes(most = largest) {
      take();
      const sink = memory(most);
      await collect(sink);
      return sink.bytes();
    },
    async saveTo(path, { overwrite = false } = {}) {
      take();
      // The disk is touched only by those who ask for it.
      const { createTarget } = await import('./fileTarget.ts');
      const target = await ended(call, () => createTarget(path, overwrite));
      try {
        await collect(target);
        await target.finish();
      } finally {
        await target.discard();
      }
    },
    cancel: () => {
      call.drop();
      call.end({});
    },
  };
}

/** Where collected bytes go. */
interface Sink {
  write(bytes: Uint8Array): Promise<void>;
  restart(): Promise<void>;
}

function memory(most: number): Sink & { bytes(): Uint8Array } {
  let pieces: Uint8Array[] = [];
  let length = 0;
  return {
    async write(bytes) {
      length += bytes.length;
      if (length > most)
        throw new ClaudeError('too_large', `The download has more than ${most} bytes.`, {
          advice: 'Save it to a file.',
        });
      pieces.push(bytes);
    },
    async restart() {
      pieces = [];
      length = 0;
    },
    bytes: () => Buffer.concat(pieces, length),
  };
}

/** What is compressed on the way has another length. */
function sizeOf({ headers }: HttpResponse): number | undefined {
  const length = headers['content-length'];
  return length !== undefined && /^\d{1,15}$/.test(length) && headers['content-encoding'] === undefined
    ? Number(length)
    : undefined;
}

function webStream(bytes: AsyncGenerator<Uint8Array, undefined>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await bytes.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await bytes.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The name in a `content-disposition`, without folders: it comes from outside, and must not lead anywhere. */
function nameIn(disposition: string | undefined): string | undefined {
  const encoded = /;\s*filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"\s]+))/i.exec(disposition ?? '');
  const name = decoded(encoded) ?? plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2];
  const last = name?.split(/[\\/]/).at(-1)?.replace(controls, '').trim();
  return last === undefined || /^\.{0,2}$/.test(last) ? undefined : last;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const controls = /[\u0000-\u001f\u007f]/g;

function decoded(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text.trim());
  } catch {
    // Not what it says it is: the plain name is left.
    return undefined;
  }
}
