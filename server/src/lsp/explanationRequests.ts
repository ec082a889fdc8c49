/** Answers what a client asks about explanations that stay, and tells it which an open document has. */
import type { ClientCapabilities, Connection } from 'vscode-languageserver/node';
import {
  dismissExplanationsRequest,
  explanationsNotification,
  exportExplanationsRequest,
  listExplanationsRequest,
  readExplanationRequest,
} from '#shared/explanations.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import type { RequestSpec } from '#shared/request.ts';
import type { World } from '../ports.ts';
import { answering } from './answering.ts';
import { deletesFiles, renamesFiles } from './capabilities.ts';

export interface ExplanationRequestParts {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly world: Pick<World, 'documents' | 'explanations' | 'files' | 'log'>;
}

/** The most that one notification carries. */
const mostTold = 1_000;

export function addExplanationRequests(parts: ExplanationRequestParts): void {
  const { connection, client, gloss, world } = parts;
  const { explanations, documents, log } = world;
  const answer = <Params, Result>(
    spec: RequestSpec<Params, Result>,
    act: (params: Params, signal: AbortSignal) => Promise<Result>,
  ): void => {
    connection.onRequest(spec.method, (given: unknown, token) =>
      answering(token, log, async (signal) => act(spec.params.parse(given ?? {}), signal)),
    );
  };
  answer(listExplanationsRequest, async () => [...(await explanations.list())]);
  answer(readExplanationRequest, async ({ id }) => {
    const record = await explanations.get(id);
    const summary = explanations.summary(id);
    return record === undefined || summary === undefined ? null : { summary, turns: [...record.turns] };
  });
  answer(dismissExplanationsRequest, async ({ ids }) => ({ dismissed: await explanations.dismiss(ids) }));
  answer(exportExplanationsRequest, async ({ uri }, signal) => {
    const { exportedExplanations } = await import('./explanationExport.ts');
    return exportedExplanations({ ...world, signal }, uri);
  });
  if (gloss.explanations)
    explanations.watch((uri) => {
      const document = documents.get(uri);
      if (document === undefined) return;
      const newest = explanations.of(uri).toSorted((one, other) => (one.at < other.at ? 1 : -1));
      const told = { uri, version: document.version, explanations: newest.slice(0, mostTold) };
      connection
        .sendNotification(explanationsNotification.method, told)
        .catch((error: unknown) => log.warn(`the editor was not told of explanations: ${String(error)}`));
    });
  const follow = (act: Promise<void>, what: string): Promise<void> =>
    act.catch((error: unknown) => log.warn(`explanations did not follow a ${what} file: ${String(error)}`));
  if (renamesFiles(client))
    connection.workspace.onDidRenameFiles(async ({ files }) => {
      for (const { oldUri, newUri } of files) await follow(explanations.renamed(oldUri, newUri), 'renamed');
    });
  if (deletesFiles(client))
    connection.workspace.onDidDeleteFiles(async ({ files }) => {
      for (const { uri } of files) await follow(explanations.deleted(uri), 'deleted');
    });
}
