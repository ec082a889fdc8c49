/** Explain This Change: in a diff editor what changed at the cursor, from the list of changes all of a file. */
import * as vscode from 'vscode';
import { nameOf, openDocument, plainRange } from '../edit/ranges.ts';
import { askedChange } from '../explain/entryArguments.ts';
import { activeEditor, isReadable, levelFor, wholeOf } from '../explain/places.ts';
import { atLastCommit, type Earlier } from '../git.ts';
import type { World } from '../world.ts';
import { documentAt } from './explainFile.ts';

export async function explainChange(world: World, values: readonly unknown[]): Promise<void> {
  const asked = askedChange(values);
  if (asked.kind === 'nothing') {
    world.log.warn('Explain This Change was called with something that is no changed file: nothing was done.');
    return;
  }
  const change = asked.kind === 'here' ? await changeHere() : await changeOf(asked.uri);
  if (change === undefined) return;
  const before = await earlierOf(change);
  if (before === undefined) return;
  const { document, range } = change;
  const target = {
    range: range ?? wholeOf(document),
    level: levelFor(document.uri),
    subject: { kind: 'change', before },
  } as const;
  if (range !== undefined) (await world.explanations()).explain(document, target);
  else await (await world.explanationDocuments()).explain({ ...target, uri: document.uri.toString() });
}

interface Changed {
  readonly document: vscode.TextDocument;
  /** Where the person looks; undefined: the whole file is meant. */
  readonly range?: ReturnType<typeof plainRange> | undefined;
  /** What the editor compares with; undefined: the last commit. */
  readonly original?: vscode.Uri | undefined;
}

async function changeHere(): Promise<Changed | undefined> {
  const sides = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(sides instanceof vscode.TabInputTextDiff)) return changeAt(activeEditor());
  if (!isReadable(sides.modified)) return undefined;
  const document = openDocument(sides.modified.toString());
  if (document === undefined) return undefined;
  const editor = vscode.window.activeTextEditor;
  // The cursor in the earlier text says nothing of where it is now.
  const range = editor?.document === document ? plainRange(editor.selection) : undefined;
  return { document, range, original: sides.original };
}

function changeAt(editor: vscode.TextEditor | undefined): Changed | undefined {
  return editor === undefined ? undefined : { document: editor.document, range: plainRange(editor.selection) };
}

async function changeOf(uri: string): Promise<Changed | undefined> {
  const document = await documentAt(uri);
  return document === undefined ? undefined : { document };
}

/** The text before, where it can be told; else the person is told why not. */
async function earlierOf({ document, original }: Changed): Promise<string | undefined> {
  const earlier = original === undefined ? await atLastCommit(document.uri) : await textOf(original);
  const reason = 'reason' in earlier ? earlier.reason : refusalOf(document, earlier.text);
  if (reason === undefined && 'text' in earlier) return earlier.text;
  void vscode.window.showInformationMessage(reason ?? '');
  return undefined;
}

async function textOf(uri: vscode.Uri): Promise<Earlier> {
  try {
    return { text: (await vscode.workspace.openTextDocument(uri)).getText() };
  } catch {
    return { reason: vscode.l10n.t('The earlier text of {0} cannot be read.', nameOf(uri)) };
  }
}

/** UTF-16 code units, as in the schema of `gloss/explain`. */
const longestBefore = 10_000_000;

function refusalOf(document: vscode.TextDocument, before: string): string | undefined {
  if (before.length > longestBefore)
    return vscode.l10n.t('{0} is too large for its change to be explained.', nameOf(document.uri));
  const lines = (text: string): string => text.replaceAll('\r\n', '\n');
  if (lines(before) === lines(document.getText())) return vscode.l10n.t('{0} has not changed.', nameOf(document.uri));
  return undefined;
}
