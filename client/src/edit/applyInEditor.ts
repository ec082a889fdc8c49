/** Edits one document through an editor that shows it: steps of a stream become one undo step, and the cursor stays where it is. */
import * as vscode from 'vscode';
import type { HunkEdit, UndoStep } from '#shared/edits.ts';
import { isEmptyRange } from './hunkLines.ts';
import type { DocumentPlan } from './plan.ts';
import { editorPosition, editorRange, editorsOf, plainPosition } from './ranges.ts';
import { linesAbove, steadyCursor } from './steady.ts';
import { placesAfter } from './textEdits.ts';
import type { Watch } from './watch.ts';

/** The version after it; `again`: the document was newer than we knew; `nothing`: the editor did not do it. */
export type Edited = number | 'again' | 'nothing';

export async function applyInEditor(
  watch: Watch,
  editor: vscode.TextEditor,
  { document, edits }: DocumentPlan,
  undo: UndoStep,
): Promise<Edited> {
  if (undo === 'first' || undo === 'whole') letGo(document, edits);
  const expected = watch.expect(document, edits, edits.length > mostCompared);
  const keep = steady(document, edits);
  // An editor that is closed meanwhile refuses.
  const isDone = await editor
    .edit((builder) => put(builder, edits), stopsOf(undo))
    .then(
      (done) => done,
      () => false,
    );
  expected.end();
  const version = expected.version();
  if (version === undefined) return isDone ? 'nothing' : 'again';
  keep(document.version === version);
  return version;
}

/** New text comes where the person has selected the old one. A selection would hide it, and one key would replace all of it. */
function letGo(document: vscode.TextDocument, edits: readonly HunkEdit[]): void {
  for (const editor of editorsOf(document))
    if (editor.selections.some((selection) => isIn(selection, edits)))
      editor.selections = editor.selections.map(({ active }) => new vscode.Selection(active, active));
}

function isIn(selection: vscode.Selection, edits: readonly HunkEdit[]): boolean {
  return !selection.isEmpty && edits.some(({ range }) => selection.intersection(editorRange(range)) !== undefined);
}

/** What comes next is an undo step of its own. */
export async function closeUndoStep(editor: vscode.TextEditor): Promise<void> {
  const { document } = editor;
  // An edit without any effect is not even sent; line ends that are there already are, and change nothing.
  const close = (builder: vscode.TextEditorEdit): void => builder.setEndOfLine(document.eol);
  await editor.edit(close, stopsOf('last')).then(undefined, () => false);
}

/**
 * An editor that has indented an empty line by itself takes that back together with the next edit near the cursor. Here
 * it does so before our edits come, which are then nothing but themselves.
 */
export async function letTrim(document: vscode.TextDocument): Promise<void> {
  const [editor] = editorsOf(document);
  if (editor === undefined || !/^[ \t]+$/m.test(document.getText())) return;
  const touch = (builder: vscode.TextEditorEdit): void => builder.insert(editor.selection.active, '');
  await editor.edit(touch, { undoStopBefore: false, undoStopAfter: false }).then(undefined, () => false);
}

/** VS Code joins more than 1,000 edits into one before it reports them. */
const mostCompared = 900;

function put(builder: vscode.TextEditorEdit, edits: readonly HunkEdit[]): void {
  for (const { range, text } of edits) {
    // An insertion takes along what begins there; a replacement of nothing would not.
    if (isEmptyRange(range)) builder.insert(editorPosition(range.start), text);
    else builder.replace(editorRange(range), text);
  }
}

function stopsOf(undo: UndoStep): { readonly undoStopBefore: boolean; readonly undoStopAfter: boolean } {
  return { undoStopBefore: undo === 'first' || undo === 'whole', undoStopAfter: undo === 'last' || undo === 'whole' };
}

/**
 * Remembers what the person sees. The result puts back the lines that the edit pushed away and, where nothing was typed
 * since, the cursors that it took along.
 */
function steady(document: vscode.TextDocument, edits: readonly HunkEdit[]): (isStill: boolean) => void {
  const editors = editorsOf(document).map((editor) => ({ editor, wanted: wantedSelections(editor, edits) }));
  const [shown] = editors;
  const isActive = shown !== undefined && shown.editor === vscode.window.activeTextEditor;
  const firstVisible = isActive ? shown.editor.visibleRanges[0]?.start.line : undefined;
  const lines = firstVisible === undefined ? 0 : linesAbove(firstVisible, edits);
  return (isStill) => {
    for (const { editor, wanted } of editors)
      if (isStill && wanted !== undefined && isAtEdits(editor, edits)) editor.selections = wanted;
    if (lines !== 0) void scroll(lines);
  };
}

/** Undefined where the editor puts all cursors right by itself. A selection goes with its code. */
function wantedSelections(
  editor: vscode.TextEditor,
  edits: readonly HunkEdit[],
): readonly vscode.Selection[] | undefined {
  if (editor.selections.length > 1) return undefined;
  const { selection } = editor;
  const wanted = selection.isEmpty ? steadyCursor(plainPosition(selection.active), edits) : undefined;
  if (wanted === undefined) return undefined;
  const position = editorPosition(wanted);
  return [new vscode.Selection(position, position)];
}

/** The person has not moved the cursor elsewhere meanwhile. */
function isAtEdits({ selection }: vscode.TextEditor, edits: readonly HunkEdit[]): boolean {
  return placesAfter(edits).some((place) => editorRange(place).contains(selection.active));
}

/** Of the active editor, which VS Code would leave at the same distance from the top of the document. */
async function scroll(lines: number): Promise<void> {
  const to = lines > 0 ? 'down' : 'up';
  await vscode.commands.executeCommand('editorScroll', {
    to,
    by: 'wrappedLine',
    value: Math.abs(lines),
    revealCursor: false,
  });
}
