/** From what a command was asked for to a place in a document that Gloss reads, or to a sentence that says why not (threats R32). */
import * as vscode from 'vscode';
import { type ExplainTarget, Level, type Subject } from '#shared/explain.ts';
import type { Range } from '#shared/place.ts';
import { openDocument, plainRange } from '../edit/ranges.ts';
import { documentSelector } from '../languageClient.ts';

export interface Place {
  readonly document: vscode.TextDocument;
  readonly range: Range;
  readonly level: Level;
  readonly subject?: Subject | undefined;
}

/** The active editor, where its document can be read; where there is none the person is told. */
export function activeEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) return isReadable(editor.document.uri) ? editor : undefined;
  void vscode.window.showInformationMessage(vscode.l10n.t('Open a file and put the cursor into the code to explain.'));
  return undefined;
}

/** Whether Gloss reads documents of this kind; the person is told when it does not. */
export function isReadable({ scheme }: vscode.Uri): boolean {
  if (documentSelector.some((filter) => filter.scheme === scheme)) return true;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Gloss explains files and untitled documents. This document is of another kind ({0}).', scheme),
  );
  return false;
}

/** The person's own place. */
export function activePlace(): Place | undefined {
  const editor = activeEditor();
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  return { document, range: plainRange(selection), level: levelFor(document.uri) };
}

/** How much to say of a document, by its settings. */
export function levelFor(scope: vscode.ConfigurationScope | undefined): Level {
  return Level.catch('normal').parse(vscode.workspace.getConfiguration('gloss', scope).get<unknown>('explain.level'));
}

/** A place that an argument names: in an open document, or in a file of a trusted workspace, which is shown. */
export async function namedPlace({ uri, range, level, subject }: ExplainTarget): Promise<Place | undefined> {
  const open = openDocument(uri);
  const document = open ?? (await workspaceDocument(uri));
  if (document === undefined || vscode.languages.match(documentSelector, document) === 0) return undefined;
  if (range.start.line >= document.lineCount) return undefined;
  if (open === undefined) await vscode.window.showTextDocument(document, { preview: true });
  return { document, range: within(document, range), level, subject };
}

/** A range as far as it is in the document. */
export function within(document: vscode.TextDocument, { start, end }: Range): Range {
  return plainRange(document.validateRange(new vscode.Range(start.line, start.character, end.line, end.character)));
}

export function wholeOf(document: vscode.TextDocument): Range {
  return plainRange(document.validateRange(new vscode.Range(0, 0, document.lineCount, 0)));
}

/** A file of a trusted workspace. It is read, not shown. Undefined where it is none, no text, or too large. */
export async function workspaceDocument(text: string): Promise<vscode.TextDocument | undefined> {
  const uri = vscode.Uri.parse(text);
  const isOurs =
    vscode.workspace.isTrusted && uri.scheme !== 'untitled' && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  if (!isOurs) return undefined;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
