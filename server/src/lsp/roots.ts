/** The workspace folders, as the editor says and changes them. */
import type { Connection, InitializeParams } from 'vscode-languageserver/node';

export interface Roots {
  /** Folder URIs; empty where no folder is open. */
  readonly uris: () => readonly string[];
  start(): void;
}

export function createRoots(connection: Connection, params: InitializeParams): Roots {
  let folders = urisOf(params.workspaceFolders);
  // Clients of before workspace folders name one root.
  if (folders.length === 0 && typeof params.rootUri === 'string') folders = [params.rootUri];
  return {
    uris: () => folders,
    start() {
      if (params.capabilities.workspace?.workspaceFolders !== true) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      });
    },
  };
}

/** What is not a list of folders names none: `initialize` is answered already. */
function urisOf(folders: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(folders) ? folders : [];
  return list.flatMap((folder) =>
    typeof folder === 'object' && folder !== null && 'uri' in folder && typeof folder.uri === 'string'
      ? [folder.uri]
      : [],
  );
}
