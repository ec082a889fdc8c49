/** Brings an explanation of the list into view: its document, its code, its thread. */
import * as vscode from 'vscode';
import { editorPosition, openDocument } from '../edit/ranges.ts';
import type { Explanations } from './explanations.ts';
import type { ExplanationThread } from './thread.ts';

/** Milliseconds that the server may take to say where the code is in a document that was just opened. */
const longestWait = 1_000;

/** The thread, opened; undefined where there is none of this id any more, or it is of a kind without a thread. */
export async function reveal(explanations: Explanations, id: string): Promise<ExplanationThread | undefined> {
  const summary = explanations.known.find(id);
  if (summary === undefined) return undefined;
  const uri = vscode.Uri.parse(summary.uri);
  const isOpen = openDocument(uri.toString()) !== undefined;
  const news = isOpen ? undefined : nextChange(explanations.onDidChange);
  const document = await vscode.workspace.openTextDocument(uri);
  await news;
  const thread = explanations.threadOf(id);
  const place = thread?.place() ?? { code: summary.range, spot: summary.range };
  const start = editorPosition(place.code.start);
  const editor = await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
  thread?.expand();
  const end = editorPosition(place.spot.end);
  editor.revealRange(new vscode.Range(start, end), vscode.TextEditorRevealType.InCenter);
  await thread?.read();
  return thread;
}

function nextChange(event: vscode.Event<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      listening.dispose();
      clearTimeout(timer);
      resolve();
    };
    const listening = event(done);
    const timer = setTimeout(done, longestWait);
  });
}
