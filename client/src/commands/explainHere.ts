/** Explain Here: the selection, or the function or class around the cursor; from a code lens or code action, the place that it names. */
import * as vscode from 'vscode';
import { type ExplainTarget, Level } from '#shared/explain.ts';
import type { Range } from '#shared/place.ts';
import { askedBy } from '../explain/target.ts';
import { documentSelector } from '../languageClient.ts';
import type { World } from '../world.ts';

export async function explainHere(world: World, values: readonly unknown[]): Promise<void> {
  const asked = askedBy(values);
  const place =
    asked.kind === 'target' ? await namedPlace(asked.target) : asked.kind === 'nothing' ? activePlace() : undefined;
  if (place !== undefined) (await world.explanations()).explain(place.document, place);
  else if (asked.kind !== 'nothing')
    world.log.warn('Explain Here was called with something that is no place in a document: nothing was done.');
}

interface Place {
  readonly document: vscode.TextDocument;
  readonly range: Range;
  readonly level: Level;
}

/** The person's own place; where there is none they are told. */
function activePlace(): Place | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file and put the cursor into the code to explain.'),
    );
    return undefined;
  }
  const { document, selection } = editor;
  if (vscode.languages.match(documentSelector, document) === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Gloss explains files and untitled documents. This document is of another kind ({0}).',
        document.uri.scheme,
      ),
    );
    return undefined;
  }
  return { document, range: plain(selection), level: levelFor(document) };
}

function levelFor(document: vscode.TextDocument): Level {
  return Level.catch('normal').parse(
    vscode.workspace.getConfiguration('gloss', document.uri).get<unknown>('explain.level'),
  );
}

/** A place that an argument names: in an open document, or in a file of a trusted workspace, which is opened. */
async function namedPlace({ uri, range, level }: ExplainTarget): Promise<Place | undefined> {
  const document = openDocument(uri) ?? (await workspaceDocument(uri));
  if (document === undefined || vscode.languages.match(documentSelector, document) === 0) return undefined;
  if (range.start.line >= document.lineCount) return undefined;
  const { start, end } = range;
  const valid = document.validateRange(new vscode.Range(start.line, start.character, end.line, end.character));
  return { document, range: plain(valid), level };
}

function openDocument(uri: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri && !document.isClosed);
}

async function workspaceDocument(text: string): Promise<vscode.TextDocument | undefined> {
  const uri = vscode.Uri.parse(text);
  const isOurs =
    vscode.workspace.isTrusted && uri.scheme !== 'untitled' && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  if (!isOurs) return undefined;
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
    return document;
  } catch {
    // Not a file, not text, or too large: the editor has said so.
    return undefined;
  }
}

function plain({ start, end }: vscode.Range): Range {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}
