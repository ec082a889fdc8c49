/** What this server offers to a client, by what the client can do. */
import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver/node';
import { documentScheme, serverCommands } from '#shared/commands.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import { documentSync } from './documents.ts';
import { editKinds } from './editSurfaces.ts';
import { explainKind } from './explainSurfaces.ts';

export function capabilitiesFor(client: ClientCapabilities, gloss: GlossCapabilities): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: documentSync,
    hoverProvider: true,
    codeLensProvider: { resolveProvider: false },
    inlayHintProvider: { resolveProvider: false },
    codeActionProvider: { codeActionKinds: [explainKind, ...editKinds], resolveProvider: true },
    executeCommandProvider: { commands: [...commandsFor(gloss)], workDoneProgress: true },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      ...(hasTextDocumentContent(client) ? { textDocumentContent: { schemes: [documentScheme] } } : {}),
    },
  };
}

/** VS Code registers server commands for every extension to call: it gets only those without another way. */
export function commandsFor(gloss: GlossCapabilities): readonly string[] {
  const { explain, edit, whatWasSent, ...others } = serverCommands;
  return [explain, edit, whatWasSent, ...(gloss.connection ? [] : Object.values(others))];
}

export function hasTextDocumentContent(client: ClientCapabilities): boolean {
  return client.workspace?.textDocumentContent !== undefined;
}
