/** Between the editor's ranges, which are objects with methods, and the protocol's plain ones; and documents by their address. */
import * as vscode from 'vscode';
import type { Position, Range } from '#shared/place.ts';

export function plainRange({ start, end }: vscode.Range): Range {
  return { start: plainPosition(start), end: plainPosition(end) };
}

export function plainPosition({ line, character }: vscode.Position): Position {
  return { line, character };
}

export function editorRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(editorPosition(start), editorPosition(end));
}

export function editorPosition({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}

export function openDocument(uri: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri && !document.isClosed);
}

/** The editors that show a document, the active one first. */
export function editorsOf(document: vscode.TextDocument): readonly vscode.TextEditor[] {
  const active = vscode.window.activeTextEditor;
  const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  return editors.toSorted((one, other) => Number(other === active) - Number(one === active));
}

/** A document as a person knows it. */
export function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
