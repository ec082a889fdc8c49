/** Answers `gloss/symbols`, `gloss/definitions` and `gloss/problems` from what the editor knows. Nothing here opens an editor. */
import * as vscode from 'vscode';
import type { Location } from '#shared/lookups.ts';
import type { Position, Range } from '#shared/place.ts';
import type { Problem } from '#shared/problem.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import { problemsOf } from './edit/problems.ts';
import { editorPosition, editorRange, openDocument } from './edit/ranges.ts';
import { type FoundPlace, firstLocation } from './locations.ts';
import { flattened, type SymbolNode } from './symbolTree.ts';
import { workspaceDocument } from './workspaceDocument.ts';

/** A document, and whether it may be opened for it. */
interface Asked {
  readonly uri: string;
  readonly open?: boolean | undefined;
}

async function documentOf({ uri, open }: Asked): Promise<vscode.TextDocument | undefined> {
  return open === true ? workspaceDocument(uri) : openDocument(uri);
}

/** The symbols of a document in the order of the document; null where the editor has no provider for it. */
export async function symbolsOf(asked: Asked): Promise<CodeSymbol[] | null> {
  const document = await documentOf(asked);
  if (document === undefined) return null;
  // VS Code answers undefined where there is no provider, and flat SymbolInformation from old ones.
  const found = await vscode.commands.executeCommand<readonly SymbolNode[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  return found === undefined || found.length === 0 ? null : flattened(found);
}

/** Where the names at some positions of a document are defined: asked at once, null for each that is not known. */
export async function definitionsOf(
  asked: Asked & { readonly positions: readonly Position[] },
): Promise<(Location | null)[]> {
  const { positions } = asked;
  const document = await documentOf(asked);
  if (document === undefined) return positions.map(() => null);
  return Promise.all(
    positions.map((position) => definitionAt(document, document.validatePosition(editorPosition(position)))),
  );
}

async function definitionAt({ uri }: vscode.TextDocument, position: vscode.Position): Promise<Location | null> {
  try {
    const found = await vscode.commands.executeCommand<readonly FoundPlace[] | undefined>(
      'vscode.executeDefinitionProvider',
      uri,
      position,
    );
    return firstLocation(found);
  } catch {
    // One provider that fails takes nothing away from the other positions.
    return null;
  }
}

const mostProblems = 100;

/** The problems that the editor shows in a range, the worst first. */
export function problemsIn(uri: string, range: Range): Problem[] {
  const here = editorRange(range);
  return problemsOf(vscode.Uri.parse(uri))
    .filter((problem) => here.intersection(editorRange(problem.range)) !== undefined)
    .toSorted((one, other) => (one.severity ?? 1) - (other.severity ?? 1))
    .slice(0, mostProblems);
}
