/** Answers `gloss/prepare`: opens documents without showing them, and tells which cannot be changed. */
import * as vscode from 'vscode';
import { refusalOf } from './editable.ts';
import { nameOf, openDocument } from './ranges.ts';

export interface Prepared {
  readonly uri: string;
  version?: number;
  refusal?: string;
}

export async function prepare(uris: readonly string[]): Promise<Prepared[]> {
  return Promise.all(uris.map(prepareOne));
}

async function prepareOne(text: string): Promise<Prepared> {
  const uri = vscode.Uri.parse(text);
  const refusal = await refusalOf(uri);
  const document = openDocument(text) ?? (refusal === undefined ? await opened(uri) : undefined);
  if (document === undefined) return { uri: text, refusal: refusal ?? unreadable(uri) };
  return { uri: text, version: document.version, ...(refusal === undefined ? {} : { refusal }) };
}

/** The editor refuses what is binary or too large for its extensions. */
async function opened(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

function unreadable(uri: vscode.Uri): string {
  return vscode.l10n.t('{0} is binary or too large to be changed as text.', nameOf(uri));
}
