/** Saves documents by the editor, where it can be asked: a command reads files, not what is in the editor. */
import type { Connection } from 'vscode-languageserver/node';
import { saveRequest } from '#shared/chat.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import type { Documents, Log } from '../ports.ts';

export interface SavingParts {
  readonly connection: Connection;
  readonly gloss: Pick<GlossCapabilities, 'save'>;
  readonly log: Log;
}

/** What is added to the documents; nothing where the editor cannot be asked. */
export function createSaving({ connection, gloss, log }: SavingParts): Pick<Documents, 'save'> {
  if (!gloss.save) return {};
  return {
    async save(uris) {
      try {
        return saveRequest.result.parse(await connection.sendRequest(saveRequest.method, { uris })).saved;
      } catch (error) {
        // Nothing counts as saved then, and the model is told so.
        log.warn(`documents were not saved: ${String(error)}`);
        return [];
      }
    },
  };
}
