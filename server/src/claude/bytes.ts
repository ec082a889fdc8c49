/** The bytes of an answer as they come, with the deadline for silence. */
import type { HttpResponse } from './transport/transport.ts';

/** What is needed of the call that the answer belongs to. */
interface Reader {
  expectBytes(anew: boolean): void;
  stopExpecting(): void;
  failureOf(error: unknown): unknown;
}

/** @throws ClaudeError when the answer breaks off or stalls. */
export async function* bytesOf(call: Reader, { body }: HttpResponse): AsyncGenerator<Uint8Array, undefined> {
  try {
    for (;;) {
      const chunk = body.take();
      if (chunk !== undefined) yield chunk;
      else if (body.ended) return;
      else {
        call.expectBytes(true);
        await new Promise<void>((resolve) => body.wait(resolve));
        call.stopExpecting();
      }
    }
  } catch (error) {
    throw call.failureOf(error);
  }
}
