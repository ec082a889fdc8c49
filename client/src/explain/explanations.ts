/** All explanations of the window: finds the one that is meant, follows edits, and ends those whose document is gone. */
import * as vscode from 'vscode';
import { isSameRange } from '#shared/anchor.ts';
import type { Level, Subject } from '#shared/explain.ts';
import type { Range } from '#shared/place.ts';
import type { Ask } from '../ask.ts';
import type { Failed } from '../failed.ts';
import type { Server } from '../languageClient.ts';
import { showFailure } from '../notify.ts';
import type { Authors } from './comments.ts';
import { isCramped, spotFor, type VisibleLines } from './spot.ts';
import { createExplanationThread, type ExplanationThread, type Place } from './thread.ts';

export interface Explanations {
  /** Explains a range of a document; an empty one means the function or class around it. The same code again goes on in its thread. */
  explain(document: vscode.TextDocument, asked: AskedFor): void;
  /** The explanation that an object of the editor stands for; undefined for anything else. */
  find(thread: unknown): ExplanationThread | undefined;
  /** The explanation of the code at the cursor, else the newest of the document. */
  atCursor(): ExplanationThread | undefined;
  dismissAll(): void;
}

export interface AskedFor {
  readonly range: Range;
  readonly level: Level;
  readonly subject?: Subject | undefined;
}

export interface ExplanationsParts {
  readonly context: vscode.ExtensionContext;
  readonly ask: Ask;
  readonly server: Server;
}

export function createExplanations(parts: ExplanationsParts): Explanations {
  const controller = vscode.comments.createCommentController('gloss.explain', vscode.l10n.t('Explanations'));
  const ask = vscode.l10n.t('Ask a follow-up');
  controller.options = { prompt: ask, placeHolder: ask };
  let threads: readonly ExplanationThread[] = [];
  const keep = (next: readonly ExplanationThread[]): void => {
    threads = next;
    void vscode.commands.executeCommand('setContext', 'gloss.hasExplanations', threads.length > 0);
  };
  const open = (place: Place): ExplanationThread => {
    const thread = createExplanationThread({
      ask: parts.ask,
      controller,
      authors: authorsOf(parts.context),
      place,
      onAnswered: (answered) => endAll(threads.filter((other) => isDouble(other, answered))),
      onFailed: (broken, failure) => void tell(parts, broken, failure),
      onDismissed: (gone) => keep(threads.filter((other) => other !== gone)),
    });
    keep([...threads, thread]);
    return thread;
  };
  parts.context.subscriptions.push(controller, ...follow(() => threads), { dispose: () => endAll(threads) });
  return {
    explain(document, { range, level, subject }) {
      const place = { uri: document.uri, code: range, spot: spotIn(document, range), subject };
      const thread = threads.find((other) => isAt(other, place)) ?? open(place);
      makeRoom(document, thread.place().spot);
      thread.explain(level);
    },
    find: (value) => threads.find((thread) => thread.owns(value)),
    atCursor: () => nearest(threads, vscode.window.activeTextEditor),
    dismissAll: () => endAll(threads),
  };
}

function endAll(threads: readonly ExplanationThread[]): void {
  for (const thread of threads) thread.dismiss();
}

function authorsOf({ extensionUri }: vscode.ExtensionContext): Authors {
  const picture = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
  return {
    gloss: { name: 'Gloss', iconPath: picture('icon.png') },
    person: { name: vscode.l10n.t('You'), iconPath: picture('person.png') },
  };
}

async function tell({ server }: ExplanationsParts, thread: ExplanationThread, failure: Failed): Promise<void> {
  await showFailure(failure, async () => {
    // Trying again is of no use before the server runs.
    if (server.state() === 'failed') await server.restart();
    thread.refresh();
  });
}

/** Another thread for the code that was explained just now, in which nothing would be lost. */
function isDouble(other: ExplanationThread, answered: ExplanationThread): boolean {
  return other !== answered && !other.isBusy() && other.turns().length === 1 && isAt(other, answered.place());
}

/** The same code, and the same about it. */
function isAt(thread: ExplanationThread, { uri, code, subject }: Place): boolean {
  const own = thread.place();
  if (own.uri.toString() !== uri.toString() || !isSameRange(own.code, code)) return false;
  return JSON.stringify(own.subject) === JSON.stringify(subject);
}

function spotIn(document: vscode.TextDocument, range: Range): Range {
  const { start, end } = spotFor(range, visibleLines(editorOf(document)));
  return plain(document.validateRange(new vscode.Range(start.line, start.character, end.line, end.character)));
}

/** Whoever asks for an explanation wants to see it: where it would open at the lower edge, the code moves up. */
function makeRoom(document: vscode.TextDocument, { end }: Range): void {
  const editor = editorOf(document);
  if (editor === undefined || !isCramped(end.line, visibleLines(editor))) return;
  editor.revealRange(new vscode.Range(end.line, 0, end.line, 0), vscode.TextEditorRevealType.InCenter);
}

/** The editor that shows a document: the active one where there are several. */
function editorOf(document: vscode.TextDocument): vscode.TextEditor | undefined {
  const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  return editors.find((editor) => editor === vscode.window.activeTextEditor) ?? editors[0];
}

function visibleLines(editor: vscode.TextEditor | undefined): readonly VisibleLines[] {
  return (editor?.visibleRanges ?? []).map(({ start, end }) => ({ first: start.line, last: end.line }));
}

function nearest(
  threads: readonly ExplanationThread[],
  editor: vscode.TextEditor | undefined,
): ExplanationThread | undefined {
  if (editor === undefined) return threads.at(-1);
  const here = threads.filter((thread) => thread.place().uri.toString() === editor.document.uri.toString());
  const { line } = editor.selection.active;
  return here.findLast((thread) => holds(thread.place().code, line) || holds(thread.place().spot, line)) ?? here.at(-1);
}

function holds({ start, end }: Range, line: number): boolean {
  return start.line <= line && line <= end.line;
}

/** Keeps the threads where their code is. */
function follow(threads: () => readonly ExplanationThread[]): vscode.Disposable[] {
  const of = (uri: vscode.Uri) => threads().filter((thread) => thread.place().uri.toString() === uri.toString());
  return [
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const changes = contentChanges.map(({ range, text }) => ({ range: plain(range), text }));
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

/** The editor's ranges are objects with methods; the protocol's are plain. */
function plain({ start, end }: vscode.Range): Range {
  return { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } };
}

/** Where a URI is after a file or a folder above it was renamed; undefined when it was not. */
function movedUri(uri: vscode.Uri, from: vscode.Uri, to: vscode.Uri): vscode.Uri | undefined {
  if (uri.scheme !== from.scheme || uri.authority !== from.authority) return undefined;
  if (uri.path === from.path) return to;
  return uri.path.startsWith(`${from.path}/`)
    ? to.with({ path: to.path + uri.path.slice(from.path.length) })
    : undefined;
}
