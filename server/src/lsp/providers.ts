/** What the editor's own language support knows, asked of clients that can tell. */
import type { Connection } from 'vscode-languageserver/node';
import type { GlossCapabilities } from '#shared/initialization.ts';
import { symbolsRequest } from '#shared/symbols.ts';
import type { Log, Providers } from '../ports.ts';

/** A language server that still starts must not hold up an explanation: the outline answers then. */
const patience = 300;

export function createProviders(connection: Connection, gloss: GlossCapabilities, log: Log): Providers {
  return {
    async symbols(uri) {
      if (!gloss.symbols) return undefined;
      try {
        const answer: unknown = await withPatience(connection.sendRequest(symbolsRequest.method, { uri }));
        return answer === undefined ? undefined : (symbolsRequest.result.parse(answer) ?? undefined);
      } catch (error) {
        log.warn(`the editor's symbols could not be read: ${String(error)}`);
        return undefined;
      }
    },
  };
}

async function withPatience(asked: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patience);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
