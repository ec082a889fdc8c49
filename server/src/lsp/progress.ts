/** Sends an answer's pieces to the client at once, and joins them only while an earlier one is still on its way (product decision 10.6). */

export interface TextChunk {
  readonly seq: number;
  readonly text: string;
}

export interface ChunkSender {
  send(chunk: TextChunk): void;
  /** Resolves when everything has left. */
  done(): Promise<void>;
}

export function createChunkSender(write: (chunk: TextChunk) => Promise<void>): ChunkSender {
  let waiting = '';
  let seq = 0;
  let sending: Promise<void> | undefined;
  const drain = async () => {
    while (waiting !== '') {
      const text = waiting;
      waiting = '';
      await write({ seq: seq++, text });
    }
    sending = undefined;
  };
  return {
    send({ text }) {
      waiting += text;
      // A failed write means that the connection is gone; the request itself then fails.
      sending ??= drain().catch(() => undefined);
    },
    done: async () => sending,
  };
}
