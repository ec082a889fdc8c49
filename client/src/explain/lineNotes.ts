/** Which documents have line notes, and where: as the server told last. The notes themselves are inlay hints. */
import * as vscode from 'vscode';
import type { ExplanationSummary } from '#shared/explanations.ts';
import { createSetContext } from '../edit/contextKeys.ts';

export interface LineNotes {
  /** The server's word about one document. */
  hear(uri: string, explanations: readonly ExplanationSummary[]): void;
  of(uri: string): readonly ExplanationSummary[];
}

/** Keeps `gloss.hasLineNotes` true while the active editor shows such a document. */
export function createLineNotes(subscriptions: vscode.Disposable[]): LineNotes {
  const notes = new Map<string, readonly ExplanationSummary[]>();
  const set = createSetContext();
  const of = (uri: string) => notes.get(uri) ?? [];
  const tell = (): void => {
    const active = vscode.window.activeTextEditor?.document.uri.toString();
    set('gloss.hasLineNotes', active !== undefined && of(active).length > 0);
  };
  subscriptions.push(vscode.window.onDidChangeActiveTextEditor(tell));
  return {
    hear(uri, explanations) {
      const found = explanations.filter(({ kind }) => kind === 'notes');
      if (found.length > 0) notes.set(uri, found);
      else notes.delete(uri);
      tell();
    },
    of,
  };
}
