/** Answers `gloss/*` requests: parses what arrives, hands it to the feature, streams and translates what comes back. */
import { type CancellationToken, type Connection, ProgressType, ResponseError } from 'vscode-languageserver/node';
import type { Failure } from '#shared/failure.ts';
import type { Route } from '../feature.ts';
import type { World } from '../ports.ts';
import { toResponseError } from './errors.ts';
import { createChunkSender, type TextChunk } from './progress.ts';

type Token = string | number;

export function addRoutes(connection: Connection, routes: readonly Route[], world: () => World): void {
  for (const route of routes)
    connection.onRequest(route.spec.method, (params: unknown, token: CancellationToken) =>
      answer(connection, route, world(), { params, token }),
    );
}

async function answer(
  connection: Connection,
  { spec, handle }: Route,
  world: World,
  { params, token }: { readonly params: unknown; readonly token: CancellationToken },
): Promise<unknown> {
  return withSignal(token, async (signal) => {
    const parsed = spec.params.safeParse(params ?? {});
    if (!parsed.success) return toResponseError(parsed.error, signal, world.log);
    const sender = createChunkSender((chunk) => sendChunk(connection, tokenOf(params, 'partialResultToken'), chunk));
    // The library's null reporter where the client gave no token.
    const progress = connection.window.attachWorkDoneProgress(tokenOf(params, 'workDoneToken'));
    progress.begin('Gloss', undefined, undefined, true);
    try {
      // Only text chunks exist so far; a request without a chunk schema never emits.
      return await handle({ ...world, signal }, parsed.data, (chunk) => sender.send(chunk as TextChunk));
    } catch (error) {
      return toResponseError(error, signal, world.log);
    } finally {
      await sender.done();
      progress.done();
    }
  });
}

/** An AbortSignal for as long as a request runs: the LSP token ends here. */
export async function withSignal<T>(
  token: CancellationToken,
  run: (signal: AbortSignal) => Promise<T | ResponseError<Failure>>,
): Promise<T | ResponseError<Failure>> {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const subscription = token.onCancellationRequested(() => controller.abort());
  try {
    return await run(controller.signal);
  } finally {
    subscription.dispose();
  }
}

async function sendChunk(connection: Connection, token: Token | undefined, chunk: TextChunk): Promise<void> {
  if (token !== undefined) await connection.sendProgress(new ProgressType<TextChunk>(), token, chunk);
}

function tokenOf(params: unknown, name: 'partialResultToken' | 'workDoneToken'): Token | undefined {
  if (typeof params !== 'object' || params === null) return undefined;
  const token = (params as Readonly<Record<string, unknown>>)[name];
  return typeof token === 'string' || typeof token === 'number' ? token : undefined;
}
