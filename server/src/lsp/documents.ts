/** The open documents, kept by the editor's notifications; who follows edits is told each change in offsets. */
import type { Connection, TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import type { Documents, DocumentWatcher, LiveTexts } from '../ports.ts';
import type { TextChange } from '../text/spans.ts';
import { createLiveDocument, type LiveDocument } from './liveDocument.ts';

export function createDocuments(connection: Connection): Documents & LiveTexts {
  const documents = new Map<string, LiveDocument>();
  const watchers = new Set<DocumentWatcher>();
  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const document = createLiveDocument({ uri, languageId, version, text });
    documents.set(uri, document);
    for (const watcher of watchers) watcher.opened?.(document.snapshot());
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const document = documents.get(uri);
    // Clients that send no version count for us as if they did.
    if (document !== undefined) {
      // The last one is the most recent.
      documents.delete(uri);
      documents.set(uri, document);
      change(document, version ?? document.version + 1, contentChanges, watchers);
    }
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const document = documents.get(uri);
    if (!documents.delete(uri) || document === undefined) return;
    for (const watcher of watchers) watcher.closed?.(document.snapshot());
  });
  return {
    get: (uri) => documents.get(uri)?.snapshot(),
    part: (uri, start, end) => documents.get(uri)?.part(start, end) ?? '',
    recent: () => [...documents.keys()].reverse(),
    offsetAt: (uri, position) => documents.get(uri)?.offsetAt(position) ?? 0,
    positionAt: (uri, offset) => documents.get(uri)?.positionAt(offset) ?? { line: 0, character: 0 },
    watch: (watcher) => void watchers.add(watcher),
  };
}

/** One content change after the other, as they are meant to be read (LSP section "DidChangeTextDocument Notification"). */
function change(
  document: LiveDocument,
  version: number,
  contentChanges: readonly TextDocumentContentChangeEvent[],
  watchers: ReadonlySet<DocumentWatcher>,
): void {
  const before = document.snapshot();
  const changes: TextChange[] = [];
  for (const one of contentChanges) {
    const made = document.change(one);
    if (made !== undefined) changes.push(made);
  }
  document.tell(version);
  for (const watcher of watchers) watcher.changed?.(before, document.snapshot(), changes);
}
