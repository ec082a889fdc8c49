/** The one translator of errors for the wire: what happened, and what a person can do. */
import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import * as z from 'zod';
import { stripControl } from '#shared/control.ts';
import type { Failure, Remedy } from '#shared/failure.ts';
import { safeMarkdown } from '#shared/markdown.ts';
import { ClaudeError, type ErrorKind } from '../claude/index.ts';
import { textOf } from '../features/explain/reply.ts';
import { type Log, Refusal } from '../ports.ts';

/** The error as a response. Bugs go to the log with their stack, and reach the person as a short word. */
export function toResponseError(error: unknown, signal: AbortSignal, log: Log): ResponseError<Failure> {
  if (signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Stopped.', failure('aborted', []));
  if (error instanceof Refusal) return failed(log.clean(error.message), failure(error.kind, error.remedies));
  if (error instanceof ClaudeError) return fromService(error, log);
  if (error instanceof z.ZodError)
    return new ResponseError(
      ErrorCodes.InvalidParams,
      `The request was not understood: ${z.prettifyError(error)}`,
      failure('params', []),
    );
  log.error('a request failed', error);
  if (isMissingPart(error)) {
    const updated = 'Gloss was updated while it ran, and a part of it is not there any more. Restart its server.';
    return failed(updated, failure('outdated', ['restart', 'showLog']));
  }
  const message = 'Something went wrong inside Gloss. The log has the details; trying again may help.';
  return new ResponseError(ErrorCodes.InternalError, message, failure('internal', ['showLog', 'retry']));
}

/** An `import()` whose file is gone. */
function isMissingPart(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  // Parts of ours are looked for at their place at once (`system/ownParts.ts`).
  const isPart = error.code === 'ENOENT' && 'path' in error && String(error.path).endsWith('.mjs');
  return isPart || error.code === 'ERR_MODULE_NOT_FOUND';
}

function fromService(error: ClaudeError, log: Log): ResponseError<Failure> {
  log.warn(`the service failed: ${error.kind}, status ${error.status ?? '-'}, request ${error.requestId ?? '-'}`);
  const partial = error.partial === undefined ? '' : safeMarkdown(textOf(error.partial));
  // A service may repeat the key that it refuses.
  return failed(stripControl(log.clean(error.message)), {
    ...failure(error.kind, remediesOf(error.kind)),
    ...(partial === '' ? {} : { partial }),
  });
}

function remediesOf(kind: ErrorKind): readonly Remedy[] {
  switch (kind) {
    case 'authentication':
      return ['setKey', 'checkConnection'];
    case 'permission':
    case 'billing':
    case 'spend_limit':
    case 'invalid_request':
    case 'not_found':
    case 'too_large':
      return ['openSettings', 'checkConnection'];
    case 'configuration':
      return ['setKey', 'openSettings'];
    case 'connection':
    case 'redirect':
    case 'bad_response':
    case 'timeout':
      return ['retry', 'checkConnection'];
    default:
      return ['retry', 'showLog'];
  }
}

function failed(message: string, data: Failure): ResponseError<Failure> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message, data);
}

function failure(kind: string, remedies: readonly Remedy[]): Failure {
  return { kind, remedies: [...remedies] };
}
