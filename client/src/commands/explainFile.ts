/** Explain File: a whole file, in a document beside it. */
import * as vscode from 'vscode';
import { openDocument } from '../edit/ranges.ts';
import { askedDocument } from '../explain/entryArguments.ts';
import { activeEditor, isReadable, levelFor, wholeOf, workspaceDocument } from '../explain/places.ts';
import type { World } from '../world.ts';

export async function explainFile(world: World, values: readonly unknown[]): Promise<void> {
  const asked = askedDocument(values);
  if (asked.kind === 'nothing') {
    world.log.warn('Explain File was called with something that is no file: nothing was done.');
    return;
  }
  const document = asked.kind === 'here' ? activeEditor()?.document : await documentAt(asked.uri);
  if (document === undefined) return;
  const { uri } = document;
  const target = {
    uri: uri.toString(),
    range: wholeOf(document),
    level: levelFor(uri),
    subject: { kind: 'file' },
  } as const;
  await (await world.explanationDocuments()).explain(target);
}

/** Undefined where it cannot be explained: the person is told why. */
export async function documentAt(text: string): Promise<vscode.TextDocument | undefined> {
  const uri = vscode.Uri.parse(text);
  if (!isReadable(uri)) return undefined;
  const document = openDocument(text) ?? (await workspaceDocument(text));
  if (document === undefined)
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Open {0} in an editor first: it is no text file of a trusted folder.',
        vscode.workspace.asRelativePath(uri),
      ),
    );
  return document;
}
