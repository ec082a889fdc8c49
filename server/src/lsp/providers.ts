/** What the editor's own language support knows, asked of clients that can tell. */
import type { Connection } from 'vscode-languageserver/node';
import { extractRequest, renameRequest } from '#shared/edits.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import {
  allProblemsRequest,
  definitionsRequest,
  hoverRequest,
  problemsRequest,
  referencesRequest,
} from '#shared/lookups.ts';
import type { RequestSpec } from '#shared/request.ts';
import { symbolsRequest } from '#shared/symbols.ts';
import type { Log, Patience, Providers } from '../ports.ts';
import { tooLate, withPatience } from './patience.ts';

/** A language server that still starts must not hold up an explanation: the outline answers then. */
const patience = 300;

/** A rename or refactoring of a large project takes longer; nothing waits for it but the person who asked. */
const longPatience = 10_000;

const waits: Readonly<Record<Patience, number>> = { short: patience, long: longPatience };

/** Who waits long enough has a document opened that is not. */
function opening(wait: Patience): { readonly open?: true } {
  return wait === 'long' ? { open: true } : {};
}

export function createProviders(connection: Connection, gloss: GlossCapabilities, log: Log): Providers {
  const ask = async <Result>(
    { method, result }: Pick<RequestSpec<unknown, Result>, 'method' | 'result'>,
    params: object,
    milliseconds: number,
  ): Promise<Result | undefined> => {
    try {
      const answer: unknown = await withPatience(connection.sendRequest(method, params), milliseconds);
      return answer === tooLate ? undefined : result.parse(answer);
    } catch (error) {
      log.warn(`the editor did not answer ${method}: ${String(error)}`);
      return undefined;
    }
  };
  return {
    async symbols(uri, wait = 'short') {
      return gloss.symbols
        ? ((await ask(symbolsRequest, { uri, ...opening(wait) }, waits[wait])) ?? undefined)
        : undefined;
    },
    async definitions(uri, positions, wait = 'short') {
      if (!gloss.lookups || positions.length === 0) return [];
      const found = await ask(definitionsRequest, { uri, positions, ...opening(wait) }, waits[wait]);
      return (found ?? []).map((location) => location ?? undefined);
    },
    async problems(uri, range) {
      return gloss.lookups ? ((await ask(problemsRequest, { uri, range }, patience)) ?? []) : [];
    },
    async references(uri, position) {
      if (!gloss.navigation) return undefined;
      return (await ask(referencesRequest, { uri, position }, longPatience)) ?? undefined;
    },
    async hover(uri, position) {
      return gloss.navigation ? ((await ask(hoverRequest, { uri, position }, longPatience)) ?? undefined) : undefined;
    },
    async allProblems() {
      return gloss.navigation ? ask(allProblemsRequest, {}, longPatience) : undefined;
    },
    async rename(uri, position, newName) {
      if (!gloss.refactorings) return undefined;
      return (await ask(renameRequest, { uri, position, newName }, longPatience)) ?? undefined;
    },
    async extract(uri, range) {
      return gloss.refactorings ? ((await ask(extractRequest, { uri, range }, longPatience)) ?? undefined) : undefined;
    },
  };
}
