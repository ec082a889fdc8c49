/** Calls of the Claude client below its endpoints, such as those whose bodies are read while they are sent. */
import { onTestFinished } from 'vitest';
import type { Call } from '../../server/src/claude/call.ts';
import { type Asked, beginCall, json } from '../../server/src/claude/caller.ts';
import type { Connection } from '../../server/src/claude/connection.ts';
import { fixedCredentials } from '../../server/src/claude/credentials/credentials.ts';
import type { ClaudeOptions, Clock, StreamedBody } from '../../server/src/claude/index.ts';
import { type Settings, settingsOf } from '../../server/src/claude/options.ts';
import { createHttpTransport } from '../../server/src/claude/transport/http.ts';

/** What a source does next: gives bytes, throws, or waits on a clock. */
export type Piece = string | Uint8Array | Error | { readonly wait: Clock; readonly milliseconds: number };

export interface CountedBody extends StreamedBody {
  readonly counts: { opened: number; closed: number };
  /** Bytes that were taken. */
  readonly given: number;
}

/** A source that counts how often it is opened and closed. */
export function countedBody(
  pieces: readonly Piece[],
  { length, replayable = false }: { readonly length?: number; readonly replayable?: boolean } = {},
): CountedBody {
  const counts = { opened: 0, closed: 0 };
  let given = 0;
  async function* open(): AsyncGenerator<Uint8Array, undefined> {
    counts.opened += 1;
    try {
      for (const piece of pieces) {
        if (piece instanceof Error) throw piece;
        if (typeof piece === 'object' && 'wait' in piece)
          await new Promise<void>((resolve) => void piece.wait.after(piece.milliseconds, resolve, true));
        else {
          given += piece.length;
          yield Buffer.from(piece);
        }
      }
    } finally {
      counts.closed += 1;
    }
  }
  return {
    ...(length !== undefined && { length }),
    replayable,
    open,
    counts,
    get given() {
      return given;
    },
  };
}

/** What calls on real sockets share; closed when the test ends. */
export function connectionTo(
  baseURL: string,
  options: Partial<ClaudeOptions> = {},
  settings: Settings = settingsOf({ apiKey: 'sk-canary', baseURL, ...options }),
): Connection {
  const transport = options.transport ?? createHttpTransport(settings);
  onTestFinished(() => transport.close());
  return { settings, credentials: fixedCredentials({}), transport, running: new Set(), heldBack: new Set() };
}

/** A call on real sockets, for what no endpoint offers. */
export function callTo(baseURL: string, asked: Asked, options?: Partial<ClaudeOptions>, settings?: Settings): Call {
  return beginCall(connectionTo(baseURL, options, settings), asked);
}

/** A call that sends a body and reads a count. */
export function uploadTo(
  baseURL: string,
  body: Uint8Array | StreamedBody,
  options?: Partial<ClaudeOptions>,
  settings?: Settings,
) {
  return uploadOver(connectionTo(baseURL, options, settings), body);
}

/** The same on a connection that is there. */
export function uploadOver(connection: Connection, body: Uint8Array | StreamedBody) {
  const upload = { contentType: 'application/octet-stream', body };
  const asked = { operation: 'files.upload', method: 'POST', path: '/v1/files', upload } as const;
  const call = beginCall(connection, asked);
  const result = json(
    () => call,
    (checks) => checks.tokenCount,
  );
  result.catch(() => {});
  return { call, result };
}
