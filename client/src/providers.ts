/** Answers `gloss/symbols` from the editor's own language support. */
import * as vscode from 'vscode';
import type { CodeSymbol } from '#shared/symbols.ts';
import { flattened, type SymbolNode } from './symbolTree.ts';

/** The symbols of an open document in the order of the document; null where the editor has no provider for it. */
export async function symbolsOf(uri: string): Promise<CodeSymbol[] | null> {
  const document = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri);
  if (document === undefined) return null;
  // VS Code answers undefined where there is no provider, and flat SymbolInformation from old ones.
  const found = await vscode.commands.executeCommand<readonly SymbolNode[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  return found === undefined || found.length === 0 ? null : flattened(found);
}
