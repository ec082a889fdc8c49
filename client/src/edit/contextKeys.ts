/** Tells the editor's menus and keys what there is: pending edits, their files, one at the cursor, an edit that runs. */
import * as vscode from 'vscode';
import { hunkAt } from './hunkLines.ts';
import type { Pending } from './pending.ts';

export interface ContextKeys {
  changed(): void;
}

export function createContextKeys(subscriptions: vscode.Disposable[], pending: Pending): ContextKeys {
  const set = createSetContext();
  const atCursor = (): void => {
    const editor = vscode.window.activeTextEditor;
    const hunks = editor === undefined ? [] : pending.of(editor.document.uri.toString());
    set('gloss.pendingHunkAtCursor', hunkAt(hunks, editor?.selection.active.line ?? 0) !== undefined);
  };
  subscriptions.push(
    vscode.window.onDidChangeActiveTextEditor(atCursor),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === vscode.window.activeTextEditor) atCursor();
    }),
  );
  return {
    changed() {
      const documents = pending.documents();
      set('gloss.hasPendingEdits', documents.length > 0);
      // The list stays when the last edit is settled: it would take the whole side bar along.
      if (documents.length > 0) set('gloss.hadPendingEdits', true);
      // As addresses, not texts: in a remote window the editor knows a file by another one, and translates.
      set(
        'gloss.pendingFiles',
        documents.flatMap(({ uri }) => [vscode.Uri.parse(uri), ...notebooksOf(uri)]),
      );
      atCursor();
    },
  };
}

/** Sets a context key when its value is another one than before. */
export function createSetContext(): (key: string, value: unknown) => void {
  const told = new Map<string, string>();
  return (key, value) => {
    const text = JSON.stringify(value);
    if (told.get(key) === text) return;
    told.set(key, text);
    void vscode.commands.executeCommand('setContext', key, value);
  };
}

/** The buttons of a notebook's editor are about all of its cells. */
function notebooksOf(cell: string): readonly vscode.Uri[] {
  if (!cell.startsWith('vscode-notebook-cell:')) return [];
  return vscode.workspace.notebookDocuments
    .filter((notebook) => notebook.getCells().some(({ document }) => document.uri.toString() === cell))
    .map(({ uri }) => uri);
}
