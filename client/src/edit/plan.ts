/** What `gloss/apply` asks for as it can be done now: ranges moved over what was typed meanwhile, or why it cannot be done. */
import * as vscode from 'vscode';
import type { ApplyParams, ApplyResult, DocumentEdits, FileChange, HunkEdit } from '#shared/edits.ts';
import { rebased } from '#shared/rebase.ts';
import { refusalOf, statOf } from './editable.ts';
import { editorRange, nameOf, openDocument } from './ranges.ts';
import { isNothing, withLineEnds } from './textEdits.ts';
import { endOfLineOf, type Watch } from './watch.ts';

export interface Refused {
  readonly refused: NonNullable<ApplyResult['reason']>;
  readonly message?: string;
}

export interface DocumentPlan {
  readonly document: vscode.TextDocument;
  /** The version that the ranges are for. */
  readonly version: number;
  /** Without those that change nothing. */
  readonly edits: readonly HunkEdit[];
}

/** Whether the files and documents let themselves be changed. A stream is looked at when it begins, not at each step. */
export async function problemWith({ documents, files, undo }: ApplyParams): Promise<Refused | undefined> {
  for (const file of files) {
    const problem = await problemWithFile(file);
    if (problem !== undefined) return problem;
  }
  if (undo === 'middle' || undo === 'last') return undefined;
  for (const { uri } of documents) {
    const message = await refusalOf(vscode.Uri.parse(uri));
    if (message !== undefined) return { refused: 'readOnly', message };
  }
  return undefined;
}

/** Nothing may be waited for between this and the edit: the person goes on typing. */
export function planDocuments(watch: Watch, documents: readonly DocumentEdits[]): readonly DocumentPlan[] | Refused {
  const plans: DocumentPlan[] = [];
  for (const wanted of documents) {
    const plan = planDocument(watch, wanted);
    if ('refused' in plan) return plan;
    plans.push(plan);
  }
  return plans;
}

function planDocument(watch: Watch, { uri, version, edits }: DocumentEdits): DocumentPlan | Refused {
  const document = openDocument(uri);
  if (document === undefined) return { refused: 'closed' };
  const steps = watch.since(document, version);
  const moved =
    steps === undefined
      ? 'touched'
      : rebased(
          edits,
          steps.flatMap(({ changes }) => changes),
        );
  if (moved === 'touched' || !moved.every((edit) => isStill(document, edit))) return { refused: 'changed' };
  return { document, version: document.version, edits: moved.filter((edit) => !isNothing(edit)) };
}

/** What is replaced is what the server saw (threats S8). */
function isStill(document: vscode.TextDocument, { range, old }: HunkEdit): boolean {
  return document.getText(editorRange(range)) === withLineEnds(old, endOfLineOf(document));
}

async function problemWithFile(change: FileChange): Promise<Refused | undefined> {
  const uri = vscode.Uri.parse(change.uri);
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true)
    return { refused: 'readOnly', message: readOnly(uri) };
  switch (change.kind) {
    case 'create':
      return problemWithPlace(uri);
    case 'delete':
      return problemWithSource(uri);
    case 'rename':
      return (await problemWithSource(uri)) ?? problemWithPlace(vscode.Uri.parse(change.to));
  }
}

async function problemWithPlace(uri: vscode.Uri): Promise<Refused | undefined> {
  if ((await statOf(uri)) === undefined) return undefined;
  return { refused: 'exists', message: vscode.l10n.t('{0} is there already.', nameOf(uri)) };
}

async function problemWithSource(uri: vscode.Uri): Promise<Refused | undefined> {
  const found = await statOf(uri);
  if (found === undefined) return { refused: 'missing', message: vscode.l10n.t('{0} does not exist.', nameOf(uri)) };
  if ((found.type & vscode.FileType.File) === 0)
    return { refused: 'failed', message: vscode.l10n.t('{0} is no file.', nameOf(uri)) };
  if (((found.permissions ?? 0) & vscode.FilePermission.Readonly) !== 0)
    return { refused: 'readOnly', message: readOnly(uri) };
  if (openDocument(uri.toString())?.isDirty === true)
    return { refused: 'failed', message: vscode.l10n.t('{0} has changes that are not saved.', nameOf(uri)) };
  return undefined;
}

function readOnly(uri: vscode.Uri): string {
  return vscode.l10n.t('{0} is read-only.', nameOf(uri));
}
