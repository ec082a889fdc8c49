/** Changes several documents and files in one step of the editor's own: all of it or nothing (threats R36). */
import * as vscode from 'vscode';
import type { Change } from '#shared/anchor.ts';
import type { FileChange } from '#shared/edits.ts';
import { rebased } from '#shared/rebase.ts';
import { allOrNothing, type Outcome, type Part } from './allOrNothing.ts';
import type { Expected } from './ownEdits.ts';
import type { DocumentPlan } from './plan.ts';
import { editorRange, nameOf } from './ranges.ts';
import { inverseOf, textAfter } from './textEdits.ts';
import { endOfLineOf, type Watch } from './watch.ts';

export interface AcrossPlan {
  readonly documents: readonly DocumentPlan[];
  readonly files: readonly FileChange[];
  /** Of the files, in their order. */
  readonly fileParts: readonly Part[];
}

export interface Across {
  readonly outcome: Outcome;
  /** The documents' versions right after it, in the order of the plan. */
  readonly versions: readonly number[];
}

export async function applyAcross(watch: Watch, { documents, files, fileParts }: AcrossPlan): Promise<Across> {
  const changed = documents.filter(({ edits }) => edits.length > 0).map((plan) => documentPart(watch, plan));
  const edit = workspaceEdit(documents, files);
  // Not as a refactoring: those are saved at once by default, and what waits for the person is not to be on the disk.
  const perform = async () => vscode.workspace.applyEdit(edit);
  const outcome = await allOrNothing(perform, [...changed.map(({ part }) => part), ...fileParts]);
  for (const { expected } of changed) expected.end();
  const versionOf = (plan: DocumentPlan): number =>
    changed.find((candidate) => candidate.plan === plan)?.expected.version() ?? plan.document.version;
  return { outcome, versions: documents.map(versionOf) };
}

function workspaceEdit(documents: readonly DocumentPlan[], files: readonly FileChange[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { document, edits } of documents) edit.set(document.uri, edits.map(textEdit));
  for (const change of files) addFile(edit, change);
  return edit;
}

function textEdit({ range, text }: Change): vscode.TextEdit {
  return vscode.TextEdit.replace(editorRange(range), text);
}

function addFile(edit: vscode.WorkspaceEdit, change: FileChange): void {
  const uri = vscode.Uri.parse(change.uri);
  switch (change.kind) {
    case 'create':
      edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(change.text) });
      break;
    case 'delete':
      edit.deleteFile(uri, { recursive: false, ignoreIfNotExists: false });
      break;
    case 'rename':
      edit.renameFile(uri, vscode.Uri.parse(change.to), { overwrite: false });
      break;
  }
}

interface DocumentPart {
  readonly plan: DocumentPlan;
  readonly expected: Expected;
  readonly part: Part;
}

function documentPart(watch: Watch, plan: DocumentPlan): DocumentPart {
  const { document, edits } = plan;
  const before = document.getText();
  const expected = watch.expect(document, edits, true);
  const after = textAfter(before, edits, endOfLineOf(document));
  const part: Part = {
    name: nameOf(document.uri),
    // Minimal edits that change nothing are not reported: then the text tells.
    isDone: async () => expected.version() !== undefined || document.getText() === after,
    async undo() {
      const version = expected.version();
      return version === undefined || takeBack(watch, document, version, inverseOf(before, edits));
    },
  };
  return { plan, expected, part };
}

async function takeBack(
  watch: Watch,
  document: vscode.TextDocument,
  version: number,
  inverse: readonly Change[],
): Promise<boolean> {
  const steps = watch.since(document, version);
  const moved =
    steps === undefined
      ? 'touched'
      : rebased(
          inverse,
          steps.flatMap(({ changes }) => changes),
        );
  if (moved === 'touched') return false;
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, moved.map(textEdit));
  const expected = watch.expect(document, moved, true);
  await vscode.workspace.applyEdit(edit);
  expected.end();
  return expected.version() !== undefined;
}
