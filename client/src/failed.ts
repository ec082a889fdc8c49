/** How a request that failed reaches a person: what happened, and what they can do about it. */
import { Failure, type Remedy } from '#shared/failure.ts';
import type { Words } from './words.ts';

/** A request did not work out. The message is for people. */
export class Failed extends Error {
  override readonly name = 'Failed';
  /** The server's word for it, or one of ours: `aborted`, `serverGone`, `unreadable`. */
  readonly kind: string;
  readonly remedies: readonly Remedy[];
  /** Text that had arrived before the failure, where the server still had it. */
  readonly partial: string | undefined;

  constructor(message: string, kind: string, remedies: readonly Remedy[] = [], partial?: string) {
    super(message);
    this.kind = kind;
    this.remedies = remedies;
    this.partial = partial;
  }
}

/** The person stopped it: nothing to tell. */
export function isStopped(error: unknown): boolean {
  return error instanceof Failed && error.kind === 'aborted';
}

/** What the language client throws, as something to show. Never swallows: what is not understood keeps its message. */
export function toFailed(error: unknown, words: Words): Failed {
  if (error instanceof Failed) return error;
  const code = codeOf(error);
  if (code !== undefined && cancelled.has(code)) return new Failed(words.t('Stopped.'), 'aborted');
  if (code === undefined || gone.has(code)) return serverGone(words, error);
  const message = error instanceof Error ? error.message : String(error);
  const data = Failure.safeParse(error instanceof Error && 'data' in error ? error.data : undefined);
  if (!data.success) return new Failed(message, 'unknown', ['showLog']);
  return new Failed(message, data.data.kind, data.data.remedies, data.data.partial);
}

// LSP 3.18 "Error Codes": RequestCancelled and ServerCancelled.
const cancelled: ReadonlySet<number> = new Set([-32800, -32802]);
// vscode-jsonrpc's own codes when the connection ends under a request: PendingResponseRejected, ConnectionInactive.
const gone: ReadonlySet<number> = new Set([-32097, -32096]);

/** Errors without a code of the wire come from the connection itself: it is closed, or never came to be. */
function serverGone(words: Words, error: unknown): Failed {
  const detail = error instanceof Error && codeOf(error) === undefined ? ` (${error.message})` : '';
  const message = words.t('The Gloss server is not running or stopped while it was answering. Try again in a moment.');
  return new Failed(`${message}${detail}`, 'serverGone', ['retry', 'showLog']);
}

function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'number' && error.code < 0 ? error.code : undefined;
}
