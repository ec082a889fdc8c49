/** Answers `gloss/save`: saves documents that are open and have a file. */
import * as vscode from 'vscode';

/** @returns the addresses of those whose files are as the editor has them now. */
export async function save(uris: readonly string[]): Promise<string[]> {
  const saved = await Promise.all(uris.map(async (uri) => ((await isSaved(uri)) ? [uri] : [])));
  return saved.flat();
}

async function isSaved(uri: string): Promise<boolean> {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri);
  // One without a file would ask where to put it.
  if (document === undefined || document.isUntitled) return false;
  return !document.isDirty || (await document.save());
}
