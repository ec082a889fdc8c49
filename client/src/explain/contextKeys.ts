/** Tells the editor's menus and keys whether there are explanations, and one at the cursor. */
import * as vscode from 'vscode';
import { createSetContext } from '../edit/contextKeys.ts';
import { coveringCursor } from './find.ts';
import type { ExplanationThread } from './thread.ts';

export interface ContextKeys {
  changed(isAny: boolean): void;
}

export function createContextKeys(
  subscriptions: vscode.Disposable[],
  threads: () => readonly ExplanationThread[],
): ContextKeys {
  const set = createSetContext();
  const atCursor = (): void => {
    const editor = vscode.window.activeTextEditor;
    set('gloss.explanationAtCursor', editor !== undefined && coveringCursor(threads(), editor) !== undefined);
  };
  subscriptions.push(
    vscode.window.onDidChangeActiveTextEditor(atCursor),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === vscode.window.activeTextEditor) atCursor();
    }),
  );
  return {
    changed(isAny) {
      set('gloss.hasExplanations', isAny);
      atCursor();
    },
  };
}
