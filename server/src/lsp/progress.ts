/** Sends an answer's pieces to the client at once, and joins them only while an earlier one is still on its way (product decision 10.6). */
import type { Citation } from '#shared/citations.ts';

export interface TextChunk {
  readonly seq: number;
  readonly text: string;
  /** Those whose marks are in the text. */
  readonly citations?: readonly Citation[];
}

export interface ChunkSender {
  send(chunk: TextChunk): void;
  /** Resolves when everything has left. */
  done(): Promise<void>;
}

export function createChunkSender(write: (chunk: TextChunk) => Promise<void>): ChunkSender {
  let waiting = '';
  let cited: readonly Citation[] = [];
  let seq = 0;
  let sending: Promise<void> | undefined;
  const drain = async () => {
    while (waiting !== '') {
      const chunk = { seq: seq++, text: waiting, ...(cited.length === 0 ? {} : { citations: cited }) };
      waiting = '';
      cited = [];
      await write(chunk);
    }
    sending = undefined;
  };
  return {
    send({ text, citations = [] }) {
      waiting += text;
      if (citations.length > 0) cited = [...cited, ...citations];
      // A failed write means that the connection is gone; the request itself then fails.
      sending ??= drain().catch(() => undefined);
    },
    done: async () => sending,
  };
}
