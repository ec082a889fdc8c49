/** The one translator of what the language client throws. */
import { Failure } from '#shared/failure.ts';
import { Failed } from './failed.ts';
import type { Words } from './words.ts';

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
