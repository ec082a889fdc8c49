/** Asks the server: a typed request, pieces of the answer on the way, the answer in the end. Everything that arrives is parsed here. */
import * as vscode from 'vscode';
import { type LanguageClient, ProgressType } from 'vscode-languageclient/node';
import type { RequestSpec } from '#shared/request.ts';
import { Failed } from './failed.ts';
import { toFailed } from './toFailed.ts';

export interface AskOptions<Chunk> {
  readonly token?: vscode.CancellationToken;
  /** Called for each piece, in order, before the answer. */
  onChunk?(chunk: Chunk): void;
}

/** @throws Failed, with a message for people; of kind `aborted` when the token was cancelled. */
export type Ask = <Params extends object, Result, Chunk>(
  spec: RequestSpec<Params, Result, Chunk>,
  params: Params,
  options?: AskOptions<Chunk>,
) => Promise<Result>;

export interface AskParts {
  client(): LanguageClient;
  readonly log: vscode.LogOutputChannel;
}

let asked = 0;

/** Asks one thing, as `Ask` says. */
export async function askServer<Params extends object, Result, Chunk>(
  { client, log }: AskParts,
  spec: RequestSpec<Params, Result, Chunk>,
  params: Params,
  options: AskOptions<Chunk> = {},
): Promise<Result> {
  const connection = client();
  asked += 1;
  const partialResultToken = `gloss-${asked}`;
  const streamed = spec.chunk !== undefined && options.onChunk !== undefined;
  const listening = streamed
    ? connection.onProgress(new ProgressType<unknown>(), partialResultToken, (value) => hear(spec, value, options, log))
    : undefined;
  try {
    const sent = streamed ? { ...params, partialResultToken } : params;
    // Without a token there must not be an argument for it: the library would take it for a second parameter.
    const rest = options.token === undefined ? [] : ([options.token] as const);
    return parsed(spec, await connection.sendRequest<unknown>(spec.method, sent, ...rest), log);
  } catch (error) {
    throw toFailed(error, vscode.l10n);
  } finally {
    listening?.dispose();
  }
}

function hear<Params, Result, Chunk>(
  { method, chunk }: RequestSpec<Params, Result, Chunk>,
  value: unknown,
  { token, onChunk }: AskOptions<Chunk>,
  log: vscode.LogOutputChannel,
): void {
  if (token?.isCancellationRequested) return;
  const piece = chunk?.safeParse(value);
  if (piece?.success) onChunk?.(piece.data);
  // The answer in the end has all of it.
  else log.warn(`A piece of the answer to ${method} could not be read.`);
}

function parsed<Params, Result, Chunk>(
  { method, result }: RequestSpec<Params, Result, Chunk>,
  value: unknown,
  log: vscode.LogOutputChannel,
): Result {
  const answer = result.safeParse(value);
  if (answer.success) return answer.data;
  log.error(
    `The answer to ${method} could not be read: ${answer.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`).join(', ')}`,
  );
  throw new Failed(
    vscode.l10n.t('The answer of the Gloss server could not be read. Restarting it may help.'),
    'unreadable',
    ['showLog'],
  );
}
