/** Line notes: put beside the lines that matter of the selection, or of the function or class around the cursor; called again there, taken away. */
import * as vscode from 'vscode';
import {
  type AnnotateTarget,
  annotateRequest,
  dismissExplanationsRequest,
  type ExplanationSummary,
} from '#shared/explanations.ts';
import type { Range } from '#shared/place.ts';
import { editorRange, openDocument, plainRange } from '../edit/ranges.ts';
import { askedNotes } from '../explain/entryArguments.ts';
import { annotatedMessage } from '../explain/noteWords.ts';
import { activeEditor, isReadable, within } from '../explain/places.ts';
import { type Failed, isStopped } from '../failed.ts';
import { showFailure } from '../notify.ts';
import { toFailed } from '../toFailed.ts';
import type { World } from '../world.ts';

export async function annotateHere(world: World, values: readonly unknown[]): Promise<void> {
  const asked = askedNotes(values);
  const target = asked === 'here' ? targetHere() : asked === 'nothing' ? undefined : openTarget(asked);
  if (target !== undefined) {
    const present = await notesAt(world, target);
    await (present.length > 0 ? hide(world, present) : annotate(world, target));
  } else if (asked !== 'here') {
    world.log.warn('Add Line Notes was called with something that is no place in an open document: nothing was done.');
  }
}

/** Takes all line notes of the active editor away. */
export async function hideLineNotes(world: World): Promise<void> {
  const uri = activeEditor()?.document.uri.toString();
  if (uri !== undefined) await hide(world, (await world.lineNotes()).of(uri));
}

function targetHere(): AnnotateTarget | undefined {
  const editor = activeEditor();
  return editor === undefined
    ? undefined
    : { uri: editor.document.uri.toString(), range: plainRange(editor.selection) };
}

function openTarget({ uri, range }: AnnotateTarget): AnnotateTarget | undefined {
  const document = openDocument(uri);
  if (document === undefined || range.start.line >= document.lineCount || !isReadable(document.uri)) return undefined;
  return { uri, range: within(document, range) };
}

async function notesAt(world: World, { uri, range }: AnnotateTarget): Promise<readonly ExplanationSummary[]> {
  return (await world.lineNotes()).of(uri).filter((notes) => meets(notes.range, range));
}

function meets(one: Range, other: Range): boolean {
  return editorRange(one).intersection(editorRange(other)) !== undefined;
}

async function hide({ ask }: World, notes: readonly ExplanationSummary[]): Promise<void> {
  if (notes.length > 0) await ask(dismissExplanationsRequest, { ids: notes.map(({ id }) => id) });
  vscode.window.setStatusBarMessage(
    notes.length > 0 ? vscode.l10n.t('Line notes hidden') : vscode.l10n.t('There are no line notes here'),
    3_000,
  );
}

async function annotate(world: World, target: AnnotateTarget): Promise<void> {
  const version = openDocument(target.uri)?.version;
  const params = { ...target, ...(version === undefined ? {} : { version }) };
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Writing line notes …'),
    cancellable: true,
  };
  try {
    const annotated = await vscode.window.withProgress(options, (_progress, token) =>
      world.ask(annotateRequest, params, { token }),
    );
    vscode.window.setStatusBarMessage(annotatedMessage(annotated, vscode.l10n), 10_000);
    const [notice] = annotated.notices;
    if (notice !== undefined) void vscode.window.showInformationMessage(annotated.notices.join(' '));
  } catch (error) {
    const failed: Failed = toFailed(error, vscode.l10n);
    if (!isStopped(failed)) void showFailure(failed, () => annotate(world, target));
  }
}
