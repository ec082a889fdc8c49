/** What can be done with all explanations: the way from one to the next, the list, export, dismissing all. */
import * as vscode from 'vscode';
import { exportExplanationsRequest } from '#shared/explanations.ts';
import { nameOf } from '../edit/ranges.ts';
import { reveal } from '../explain/reveal.ts';
import { rowLabel } from '../explain/rows.ts';
import { neighbour } from '../neighbour.ts';
import type { World } from '../world.ts';

export async function nextExplanation(world: World): Promise<void> {
  await go(world, 'next');
}

export async function previousExplanation(world: World): Promise<void> {
  await go(world, 'previous');
}

/** Asks the server again: another window may have added some. */
export async function refreshList(world: World): Promise<void> {
  await (await world.explanations()).list();
}

/** As a document that nobody has saved yet: where it goes is the person's choice. */
export async function exportAll({ ask }: World): Promise<void> {
  const { markdown, count } = await ask(exportExplanationsRequest, {});
  if (count === 0) return tellNone();
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: markdown });
  await vscode.window.showTextDocument(document);
}

/** So many go without a question. */
const few = 10;

export async function dismissAll(world: World): Promise<void> {
  const explanations = await world.explanations();
  // Without the list those go that are shown.
  await explanations.list().catch((error: unknown) => world.log.warn(`No list to dismiss: ${String(error)}`));
  const ids = explanations.known.all().map(({ id }) => id);
  if (ids.length <= few || (await isMeant(ids.length))) await explanations.dismissAll(ids);
}

async function isMeant(count: number): Promise<boolean> {
  const yes = vscode.l10n.t('Dismiss All');
  const message = vscode.l10n.t('Dismiss all {0} explanations of this workspace?', count);
  const detail = vscode.l10n.t('Asking for the same again costs nothing: the answers are kept.');
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, yes)) === yes;
}

async function go(world: World, direction: 'next' | 'previous'): Promise<void> {
  const explanations = await world.explanations();
  if (explanations.known.all().length === 0) await explanations.list();
  const editor = vscode.window.activeTextEditor;
  const here =
    editor === undefined ? undefined : { uri: editor.document.uri.toString(), line: editor.selection.active.line };
  const stop = neighbour(explanations.places(), here, direction);
  if (stop === undefined) return tellNone();
  const { item, number, count } = stop;
  await reveal(explanations, item.id);
  const place = vscode.l10n.t('Explanation {0} of {1}', number, count);
  const words = [place, rowLabel(item), nameOf(vscode.Uri.parse(item.uri))].join(', ');
  vscode.window.setStatusBarMessage(words, 3_000);
}

function tellNone(): void {
  vscode.window.setStatusBarMessage(vscode.l10n.t('There are no explanations'), 3_000);
}
