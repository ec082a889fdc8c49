/** The open documents, kept by the editor's notifications; who follows edits is told each change in offsets. */
import { type Connection, type TextDocumentContentChangeEvent, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Documents, DocumentWatcher, Snapshot } from '../ports.ts';
import { changeBetween, type TextChange } from '../text/spans.ts';

export const documentSync = { openClose: true, change: TextDocumentSyncKind.Incremental, save: true } as const;

export function createDocuments(connection: Connection): Documents {
  const documents = new Map<string, TextDocument>();
  const watchers = new Set<DocumentWatcher>();
  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const document = TextDocument.create(uri, languageId, version, text);
    documents.set(uri, document);
    for (const watcher of watchers) watcher.opened?.(snapshotOf(document));
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const document = documents.get(uri);
    // Clients that send no version count for us as if they did.
    if (document !== undefined) change(document, version ?? document.version + 1, contentChanges, watchers);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const document = documents.get(uri);
    if (!documents.delete(uri) || document === undefined) return;
    for (const watcher of watchers) watcher.closed?.(snapshotOf(document));
  });
  return {
    get(uri) {
      const document = documents.get(uri);
      return document === undefined ? undefined : snapshotOf(document);
    },
    offsetAt: (uri, position) => documents.get(uri)?.offsetAt(position) ?? 0,
    positionAt: (uri, offset) => documents.get(uri)?.positionAt(offset) ?? { line: 0, character: 0 },
    watch: (watcher) => void watchers.add(watcher),
  };
}

/** One content change after the other, as they are meant to be read (LSP section "DidChangeTextDocument Notification"). */
function change(
  document: TextDocument,
  version: number,
  contentChanges: readonly TextDocumentContentChangeEvent[],
  watchers: ReadonlySet<DocumentWatcher>,
): void {
  const before = snapshotOf(document);
  const changes: TextChange[] = [];
  for (const one of contentChanges) {
    const read = offsetsOf(document, one);
    TextDocument.update(document, [one], version);
    if (read !== undefined) changes.push(read);
  }
  // An event without changes still has a version.
  if (contentChanges.length === 0) TextDocument.update(document, [], version);
  for (const watcher of watchers) watcher.changed?.(before, snapshotOf(document), changes);
}

/** Where a client sends the whole text, what is the same at both ends did not change. */
function offsetsOf(document: TextDocument, given: TextDocumentContentChangeEvent): TextChange | undefined {
  if (!('range' in given)) return changeBetween(document.getText(), given.text);
  const [one, two] = [document.offsetAt(given.range.start), document.offsetAt(given.range.end)];
  return { start: Math.min(one, two), end: Math.max(one, two), text: given.text };
}

function snapshotOf(document: TextDocument): Snapshot {
  return {
    uri: document.uri,
    version: document.version,
    languageId: document.languageId,
    text: document.getText(),
  };
}
