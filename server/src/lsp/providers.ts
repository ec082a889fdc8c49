/** What the editor's own language support knows, asked of clients that can tell. */
import type { Connection } from 'vscode-languageserver/node';
import type { GlossCapabilities } from '#shared/initialization.ts';
import { symbolsRequest } from '#shared/symbols.ts';
import type { Log, Providers } from '../ports.ts';
import { tooLate, withPatience } from './patience.ts';

/** A language server that still starts must not hold up an explanation: the outline answers then. */
const patience = 300;

export function createProviders(connection: Connection, gloss: GlossCapabilities, log: Log): Providers {
  return {
    async symbols(uri) {
      if (!gloss.symbols) return undefined;
      try {
        const answer: unknown = await withPatience(connection.sendRequest(symbolsRequest.method, { uri }), patience);
        return answer === tooLate ? undefined : (symbolsRequest.result.parse(answer) ?? undefined);
      } catch (error) {
        log.warn(`the editor's symbols could not be read: ${String(error)}`);
        return undefined;
      }
    },
  };
}
