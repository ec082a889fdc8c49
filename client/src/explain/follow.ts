/** Keeps the threads where their code is: through edits, renames and the end of documents. */
import * as vscode from 'vscode';
import { plainRange } from '../edit/ranges.ts';
import type { ExplanationThread } from './thread.ts';

export function follow(threads: () => readonly ExplanationThread[]): readonly vscode.Disposable[] {
  const of = (uri: vscode.Uri) => threads().filter((thread) => thread.place().uri.toString() === uri.toString());
  return [
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const changes = contentChanges.map(({ range, text }) => ({ range: plainRange(range), text }));
      for (const thread of of(document.uri)) thread.edited(changes);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      // An untitled document that is closed is gone. Files stay: their threads are there when they are opened again.
      if (document.isUntitled && document.isClosed) endAll(of(document.uri));
    }),
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files)
        for (const thread of threads()) {
          const moved = movedUri(thread.place().uri, oldUri, newUri);
          if (moved !== undefined) thread.moveTo(moved);
        }
    }),
    vscode.workspace.onDidDeleteFiles(({ files }) => {
      for (const file of files)
        endAll(threads().filter((thread) => movedUri(thread.place().uri, file, file) !== undefined));
    }),
  ];
}

export function endAll(threads: readonly ExplanationThread[]): void {
  for (const thread of threads) thread.end();
}

/** Where a URI is after a file or a folder above it was renamed; undefined when it was not. */
function movedUri(uri: vscode.Uri, from: vscode.Uri, to: vscode.Uri): vscode.Uri | undefined {
  if (uri.scheme !== from.scheme || uri.authority !== from.authority) return undefined;
  if (uri.path === from.path) return to;
  return uri.path.startsWith(`${from.path}/`)
    ? to.with({ path: to.path + uri.path.slice(from.path.length) })
    : undefined;
}
