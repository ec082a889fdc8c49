/** Which documents can be changed, and why the others cannot: sentences for the person (product decision 10.7, threats R32). */
import * as vscode from 'vscode';
import { documentSelector } from '../languageClient.ts';
import { nameOf } from './ranges.ts';

const schemes: ReadonlySet<string> = new Set(documentSelector.map(({ scheme }) => scheme));

/** Why a document cannot be changed; undefined when it can. */
export async function refusalOf(uri: vscode.Uri): Promise<string | undefined> {
  if (!schemes.has(uri.scheme))
    return vscode.l10n.t(
      'This document is virtual: it is shown, but it is no file that can be changed ({0}).',
      uri.scheme,
    );
  if (uri.scheme === 'untitled') return undefined;
  const file = uri.scheme === 'vscode-notebook-cell' ? notebookOf(uri) : uri;
  if (file === undefined) return vscode.l10n.t('The notebook of this cell is not open.');
  return file.scheme === 'untitled' ? undefined : refusalOfFile(file);
}

async function refusalOfFile(file: vscode.Uri): Promise<string | undefined> {
  const readOnly = vscode.l10n.t('{0} is read-only.', nameOf(file));
  if (vscode.workspace.fs.isWritableFileSystem(file.scheme) === false) return readOnly;
  const found = await statOf(file);
  if (found === undefined) return vscode.l10n.t('{0} does not exist.', nameOf(file));
  if ((found.type & vscode.FileType.Directory) !== 0) return vscode.l10n.t('{0} is a folder.', nameOf(file));
  const isReadOnly = ((found.permissions ?? 0) & vscode.FilePermission.Readonly) !== 0;
  return isReadOnly ? readOnly : undefined;
}

/** Undefined when there is nothing. */
export async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
}

function notebookOf(cell: vscode.Uri): vscode.Uri | undefined {
  const isIt = (notebook: vscode.NotebookDocument): boolean =>
    notebook.getCells().some(({ document }) => document.uri.toString() === cell.toString());
  return vscode.workspace.notebookDocuments.find(isIt)?.uri;
}
