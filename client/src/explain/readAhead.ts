/** Reads the turns of stored explanations while nobody waits: the editor does not tell when a person opens a thread. */
import * as vscode from 'vscode';
import type { ExplanationThread } from './thread.ts';

export interface ReadAhead {
  /** There may be something to read. */
  look(): void;
}

interface ReadAheadParts {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
}

export function createReadAhead(
  { context, log }: ReadAheadParts,
  threads: () => readonly ExplanationThread[],
): ReadAhead {
  let isReading = false;
  // Each is tried once for each look: one that cannot be read stays as it is.
  const tried = new WeakSet<ExplanationThread>();
  const next = (): ExplanationThread | undefined =>
    threads().find((thread) => !tried.has(thread) && isUnread(thread) && isOnScreen(thread.place().uri));
  const look = async (): Promise<void> => {
    if (isReading) return;
    isReading = true;
    // One at a time: what a person asks for comes in between.
    for (let thread = next(); thread !== undefined; thread = next()) {
      tried.add(thread);
      await thread.read().catch((error: unknown) => log.warn(`An explanation could not be read: ${String(error)}`));
    }
    isReading = false;
  };
  context.subscriptions.push(vscode.window.onDidChangeVisibleTextEditors(() => void look()));
  return { look: () => void look() };
}

function isUnread(thread: ExplanationThread): boolean {
  return thread.turns()[0]?.state === 'unread';
}

function isOnScreen(uri: vscode.Uri): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());
}
