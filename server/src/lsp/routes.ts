/** Answers `gloss/*` requests: parses what arrives, hands it to the feature, streams and translates what comes back. */
import { type CancellationToken, type Connection, ProgressType } from 'vscode-languageserver/node';
import type { Route } from '../feature.ts';
import type { World } from '../ports.ts';
import { answering } from './answering.ts';
import { createChunkSender, type TextChunk } from './progress.ts';

type Token = string | number;

export function addRoutes(connection: Connection, routes: readonly Route[], world: World): void {
  for (const route of routes)
    connection.onRequest(route.spec.method, (given: unknown, token: CancellationToken) =>
      answering(token, world.log, (signal) => answer(connection, route, { world, given, signal })),
    );
}

interface Asked {
  readonly world: World;
  readonly given: unknown;
  readonly signal: AbortSignal;
}

async function answer(
  connection: Connection,
  { spec, handle }: Route,
  { world, given, signal }: Asked,
): Promise<unknown> {
  const params = spec.params.parse(given ?? {});
  const sender = createChunkSender((chunk) => sendChunk(connection, tokenOf(given, 'partialResultToken'), chunk));
  // The library's silent reporter where the client gave no token.
  const progress = connection.window.attachWorkDoneProgress(tokenOf(given, 'workDoneToken'));
  progress.begin('Gloss', undefined, undefined, true);
  try {
    // Chunks are text so far; a request without a chunk schema never emits.
    return await handle({ ...world, signal }, params, (chunk) => sender.send(chunk as TextChunk));
  } finally {
    await sender.done();
    progress.done();
  }
}

async function sendChunk(connection: Connection, token: Token | undefined, chunk: TextChunk): Promise<void> {
  if (token !== undefined) await connection.sendProgress(new ProgressType<TextChunk>(), token, chunk);
}

function tokenOf(params: unknown, name: 'partialResultToken' | 'workDoneToken'): Token | undefined {
  if (typeof params !== 'object' || params === null || !(name in params)) return undefined;
  // `in` does not narrow by a variable name.
  const token = (params as Readonly<Record<string, unknown>>)[name];
  return typeof token === 'string' || typeof token === 'number' ? token : undefined;
}
