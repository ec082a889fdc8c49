/** Finds a document for language support to work on: one that is open, or a file of the workspace, opened without showing it. */
import * as vscode from 'vscode';
import { openDocument } from './edit/ranges.ts';

/** Undefined for what is neither, and for files that cannot be opened as text. */
export async function workspaceDocument(uri: string): Promise<vscode.TextDocument | undefined> {
  const open = openDocument(uri);
  if (open !== undefined) return open;
  const address = vscode.Uri.parse(uri);
  if (vscode.workspace.getWorkspaceFolder(address) === undefined) return undefined;
  try {
    return await vscode.workspace.openTextDocument(address);
  } catch {
    // It is gone, or is no text: nobody knows anything of it then.
    return undefined;
  }
}
