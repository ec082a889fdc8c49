/** The open documents, kept by the editor's notifications; a snapshot is taken when read, not when typed. */
import { type Connection, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Documents } from '../ports.ts';

export const documentSync = { openClose: true, change: TextDocumentSyncKind.Incremental } as const;

export function createDocuments(connection: Connection): Documents {
  const documents = new TextDocuments(TextDocument);
  documents.listen(connection);
  return {
    get(uri) {
      const document = documents.get(uri);
      if (document === undefined) return undefined;
      return { uri, version: document.version, languageId: document.languageId, text: document.getText() };
    },
  };
}
