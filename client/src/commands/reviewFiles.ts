/** What the person decides on all pending edits of a file, or of all files. */
import * as vscode from 'vscode';
import type { Which } from '#shared/edits.ts';
import { askedFile } from '../edit/asked.ts';
import type { Edits } from '../edit/edits.ts';
import type { World } from '../world.ts';

export async function acceptFile(world: World, values: readonly unknown[]): Promise<void> {
  await decideFile(world, values, 'accept');
}

export async function rejectFile(world: World, values: readonly unknown[]): Promise<void> {
  await decideFile(world, values, 'reject');
}

export async function acceptAll(world: World): Promise<void> {
  await decide(await world.edits(), 'accept', { kind: 'all' });
}

export async function rejectAll(world: World): Promise<void> {
  await decide(await world.edits(), 'reject', { kind: 'all' });
}

async function decideFile(world: World, values: readonly unknown[], decision: 'accept' | 'reject'): Promise<void> {
  const edits = await world.edits();
  const asked = askedFile(values);
  if (asked.kind === 'nothing') return;
  const uri = asked.kind === 'file' ? asked.uri : vscode.window.activeTextEditor?.document.uri.toString();
  const which = uri === undefined ? undefined : whichOf(edits, uri);
  if (which !== undefined) await decide(edits, decision, which);
  else vscode.window.setStatusBarMessage(vscode.l10n.t('There are no pending edits in this file'), 3_000);
}

/** A notebook's edits are those of its cells. */
function whichOf({ pending }: Edits, uri: string): Which | undefined {
  if (pending.of(uri).length > 0) return { kind: 'document', uri };
  const notebook = vscode.workspace.notebookDocuments.find((candidate) => candidate.uri.toString() === uri);
  const cells = notebook?.getCells() ?? [];
  const ids = cells.flatMap(({ document }) => pending.of(document.uri.toString()).map(({ id }) => id));
  return ids.length > 0 ? { kind: 'hunks', ids } : undefined;
}

async function decide(edits: Edits, decision: 'accept' | 'reject', which: Which): Promise<void> {
  if (edits.pending.documents().length > 0) await edits.decide({ decision, which });
  else vscode.window.setStatusBarMessage(vscode.l10n.t('There are no pending edits'), 3_000);
}
