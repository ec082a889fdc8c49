/** Where a thread appears in the editor that shows its document, and how it comes into view. */
import * as vscode from 'vscode';
import type { Range } from '#shared/place.ts';
import { editorRange, editorsOf, plainRange } from '../edit/ranges.ts';
import { isCramped, spotFor, type VisibleLines } from './spot.ts';

export function spotIn(document: vscode.TextDocument, range: Range): Range {
  const spot = spotFor(range, visibleLines(editorsOf(document)[0]));
  return plainRange(document.validateRange(editorRange(spot)));
}

/** Whoever asks for an explanation wants to see it: where it would open at the lower edge, the code moves up. */
export function makeRoom(document: vscode.TextDocument, { end }: Range): void {
  const editor = editorsOf(document)[0];
  if (editor === undefined || !isCramped(end.line, visibleLines(editor))) return;
  editor.revealRange(new vscode.Range(end.line, 0, end.line, 0), vscode.TextEditorRevealType.InCenter);
}

function visibleLines(editor: vscode.TextEditor | undefined): readonly VisibleLines[] {
  return (editor?.visibleRanges ?? []).map(({ start, end }) => ({ first: start.line, last: end.line }));
}
