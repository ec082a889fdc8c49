/** What the person decides on pending edits: from a lens, the list, or by key for the one at the cursor. */
import * as vscode from 'vscode';
import { foundAgain } from '#shared/diagnosticsDelta.ts';
import type { Hunk } from '#shared/edits.ts';
import { askedFile, askedHunk } from '../edit/asked.ts';
import type { Edits } from '../edit/edits.ts';
import { hunkAt } from '../edit/hunkLines.ts';
import { plainLine } from '../edit/plain.ts';
import { problemsOf } from '../edit/problems.ts';
import { editorPosition, nameOf, openDocument } from '../edit/ranges.ts';
import { neighbour } from '../neighbour.ts';
import type { World } from '../world.ts';

export async function accept(world: World, values: readonly unknown[]): Promise<void> {
  await decide(world, values, 'accept');
}

export async function reject(world: World, values: readonly unknown[]): Promise<void> {
  await decide(world, values, 'reject');
}

export async function rejectWithReason(world: World, values: readonly unknown[]): Promise<void> {
  const edits = await world.edits();
  const hunk = await chosen(edits, values);
  if (hunk === undefined) return;
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Reject Edit with Reason'),
    prompt: vscode.l10n.t('What is wrong with it? The model is told the next time.'),
    validateInput: (text) => (text.length > 2_000 ? vscode.l10n.t('At most 2000 characters.') : undefined),
  });
  if (reason === undefined) return;
  const why = reason.trim() === '' ? {} : { reason };
  await edits.decide({ decision: 'reject', which: { kind: 'hunks', ids: [hunk.id] }, ...why });
}

/** Rejects the edit and asks for another one. The server knows what was asked for. */
export async function retry(world: World, values: readonly unknown[]): Promise<void> {
  const edits = await world.edits();
  const hunk = await chosen(edits, values);
  if (hunk === undefined) return;
  const { uri, range, version, id } = hunk;
  await edits.runs.start({ action: 'retry', uri, range, version, retry: id });
}

export async function compare(world: World, values: readonly unknown[]): Promise<void> {
  const edits = await world.edits();
  const file = askedFile(values);
  // The list names a file, an editor's menu means the edit at the cursor.
  if (file.kind === 'file' && askedHunk(values).kind === 'nothing') return edits.compare.file(file.uri);
  const hunk = await chosen(edits, values);
  if (hunk !== undefined) await edits.compare.hunk(hunk);
}

export async function fixNewProblems(world: World, values: readonly unknown[]): Promise<void> {
  const edits = await world.edits();
  const hunk = await chosen(edits, values);
  if (hunk === undefined) return;
  const now = problemsOf(vscode.Uri.parse(hunk.uri));
  const problems = foundAgain(edits.deltas.of(hunk.id)?.broke ?? [], now);
  if (problems.length > 0) await edits.fix(hunk.uri, problems);
  else void vscode.window.setStatusBarMessage(vscode.l10n.t('This edit has no new problems'), 3_000);
}

export async function reviewAll(world: World): Promise<void> {
  const edits = await world.edits();
  if (edits.pending.documents().length > 0) await edits.compare.all();
  else tellNone();
}

export async function stopEdit(world: World, values: readonly unknown[]): Promise<void> {
  const edits = await world.edits();
  const asked = askedHunk(values);
  if (asked.kind === 'nothing') return;
  const hunk = asked.kind === 'hunk' ? edits.pending.find(asked.id) : atCursor(edits);
  edits.runs.stop(hunk?.uri ?? vscode.window.activeTextEditor?.document.uri.toString());
}

export async function next(world: World): Promise<void> {
  await go(world, 'next');
}

export async function previous(world: World): Promise<void> {
  await go(world, 'previous');
}

async function decide(world: World, values: readonly unknown[], decision: 'accept' | 'reject'): Promise<void> {
  const edits = await world.edits();
  const hunk = await chosen(edits, values);
  if (hunk !== undefined) await edits.decide({ decision, which: { kind: 'hunks', ids: [hunk.id] } });
}

/** Where the cursor is on its way to, by the id of the edit: a key that follows at once means that one. */
let going: Promise<string | undefined> | undefined;

async function go(world: World, direction: 'next' | 'previous'): Promise<void> {
  const before = going ?? Promise.resolve();
  const now = before.then(
    () => goNow(world, direction),
    () => goNow(world, direction),
  );
  going = now;
  try {
    await now;
  } finally {
    if (going === now) going = undefined;
  }
}

async function goNow(world: World, direction: 'next' | 'previous'): Promise<string | undefined> {
  const { pending } = await world.edits();
  const editor = vscode.window.activeTextEditor;
  const here =
    editor === undefined ? undefined : { uri: editor.document.uri.toString(), line: editor.selection.active.line };
  const all = pending.documents().flatMap(({ hunks }) => hunks);
  const stop = neighbour(all, here, direction);
  if (stop === undefined) {
    tellNone();
    return undefined;
  }
  await reveal(stop.item);
  const { item: hunk, number, count } = stop;
  const place = vscode.l10n.t('Pending edit {0} of {1}', number, count);
  const words = [place, plainLine(hunk.title, 60), nameOf(vscode.Uri.parse(hunk.uri))].join(', ');
  vscode.window.setStatusBarMessage(words, 3_000);
  return hunk.id;
}

async function reveal({ uri, range }: Hunk): Promise<void> {
  const document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)));
  const start = editorPosition(range.start);
  const editor = await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The hunk that is named, or without one that at the cursor. Anything else has no effect. */
async function chosen(edits: Edits, values: readonly unknown[]): Promise<Hunk | undefined> {
  const asked = askedHunk(values);
  if (asked.kind === 'nothing') return undefined;
  if (asked.kind === 'hunk') return edits.pending.find(asked.id);
  const target = await going?.catch(() => undefined);
  const hunk = (target === undefined ? undefined : edits.pending.find(target)) ?? atCursor(edits);
  if (hunk === undefined)
    vscode.window.setStatusBarMessage(vscode.l10n.t('There is no pending edit at the cursor'), 3_000);
  return hunk;
}

function atCursor({ pending }: Edits): Hunk | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  return hunkAt(pending.of(editor.document.uri.toString()), editor.selection.active.line);
}

function tellNone(): void {
  vscode.window.setStatusBarMessage(vscode.l10n.t('There are no pending edits'), 3_000);
}
