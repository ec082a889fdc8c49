/** Explain Line: what the menu of a line number means. The selection where the line is in it, else the line; of a blank line, the function or class around it. */
import * as vscode from 'vscode';
import { openDocument, plainRange } from '../edit/ranges.ts';
import { askedLine } from '../explain/entryArguments.ts';
import { isReadable, levelFor } from '../explain/places.ts';
import type { World } from '../world.ts';

export async function explainLine(world: World, values: readonly unknown[]): Promise<void> {
  const asked = askedLine(values);
  const document = asked === undefined ? undefined : openDocument(asked.uri);
  if (asked === undefined || document === undefined || asked.line >= document.lineCount) {
    world.log.warn('Explain Line was called with something that is no line of an open document: nothing was done.');
    return;
  }
  if (!isReadable(document.uri)) return;
  const range = plainRange(selectionAround(document, asked.line) ?? lineOf(document, asked.line));
  (await world.explanations()).explain(document, { range, level: levelFor(document.uri) });
}

function selectionAround(document: vscode.TextDocument, line: number): vscode.Selection | undefined {
  const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  const isAround = ({ isEmpty, start, end }: vscode.Selection): boolean =>
    !isEmpty && start.line <= line && (line < end.line || (line === end.line && end.character > 0));
  return editors.flatMap(({ selections }) => selections).find(isAround);
}

function lineOf(document: vscode.TextDocument, line: number): vscode.Range {
  const { range, firstNonWhitespaceCharacterIndex, isEmptyOrWhitespace } = document.lineAt(line);
  const start = new vscode.Position(line, firstNonWhitespaceCharacterIndex);
  return isEmptyOrWhitespace ? new vscode.Range(start, start) : new vscode.Range(start, range.end);
}
