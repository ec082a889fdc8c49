/** Answers `gloss/rename` and `gloss/extract` from the editor's own language support: what it would change, without doing it. */
import * as vscode from 'vscode';
import type { ProviderEdits } from '#shared/edits.ts';
import type { Position, Range } from '#shared/place.ts';
import { extractedName, isBeside } from './extractedName.ts';
import { editorPosition, editorRange, openDocument, plainRange } from './ranges.ts';

/** A language server that takes longer has other things to do. */
const longestWait = 5_000;
const mostResolved = 10;

export interface RenameParams {
  readonly uri: string;
  readonly position: Position;
  readonly newName: string;
}

export async function rename({ uri, position, newName }: RenameParams): Promise<ProviderEdits | null> {
  return inTime(async () => {
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>(
      'vscode.executeDocumentRenameProvider',
      vscode.Uri.parse(uri),
      editorPosition(position),
      newName,
    );
    return edit === undefined ? null : editsOf(edit);
  });
}

export interface Extraction {
  documents: ProviderEdits;
  name: string;
}

export async function extract({
  uri,
  range,
}: {
  readonly uri: string;
  readonly range: Range;
}): Promise<Extraction | null> {
  return inTime(async () => {
    const document = openDocument(uri);
    if (document === undefined) return null;
    for (const kind of [
      vscode.CodeActionKind.RefactorExtract.append('function'),
      vscode.CodeActionKind.RefactorExtract,
    ]) {
      const found = await firstExtraction(document, editorRange(range), kind);
      if (found !== null) return found;
    }
    return null;
  });
}

async function firstExtraction(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
): Promise<Extraction | null> {
  const actions = await vscode.commands.executeCommand<readonly (vscode.CodeAction | vscode.Command)[] | undefined>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    kind.value,
    mostResolved,
  );
  const { firstNonWhitespaceCharacterIndex } = document.lineAt(range.start.line);
  let inside: Extraction | null = null;
  for (const action of actions ?? []) {
    const edit = isUsable(action) ? action.edit : undefined;
    const documents = edit === undefined ? null : await editsOf(edit);
    const [only, ...others] = documents ?? [];
    if (documents === null || only?.uri !== document.uri.toString() || others.length > 0) continue;
    const texts = only.edits.map(({ text }) => text);
    const name = extractedName(document.getText(), texts);
    if (name === undefined) continue;
    if (isBeside(name, texts, firstNonWhitespaceCharacterIndex)) return { documents, name };
    inside ??= { documents, name };
  }
  return inside;
}

/** One that can be applied, and is not ours. */
function isUsable(action: vscode.CodeAction | vscode.Command): action is vscode.CodeAction {
  if (!('kind' in action) || action.disabled !== undefined) return false;
  return action.kind?.value.split('.').includes('gloss') !== true;
}

/** The edits with the versions that they are for; null when there is more to it than changes of text. */
async function editsOf(edit: vscode.WorkspaceEdit): Promise<ProviderEdits | null> {
  const entries = edit.entries();
  if (entries.length === 0 || entries.length !== edit.size || entries.length > mostDocuments) return null;
  const documents: ProviderEdits = [];
  for (const [uri, edits] of entries) {
    const { version } = await vscode.workspace.openTextDocument(uri);
    // A snippet has places to be filled in: no text that could be shown as a hunk.
    if (!edits.every((part) => part instanceof vscode.TextEdit)) return null;
    const plain = edits.map(({ range, newText }) => ({ range: plainRange(range), text: newText }));
    documents.push({ uri: uri.toString(), version, edits: plain });
  }
  return documents;
}

const mostDocuments = 1_000;

async function inTime<Result>(run: () => Promise<Result | null>): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, longestWait, null);
  });
  try {
    // Providers throw where a name or a place does not suit them.
    return await Promise.race([run().catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
