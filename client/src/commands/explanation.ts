/** What can be done with an explanation, from its thread, or by key and palette for the one at the cursor. */
import * as vscode from 'vscode';
import type { ExplanationThread } from '../explain/thread.ts';
import type { World } from '../world.ts';

export async function stop(world: World, values: readonly unknown[]): Promise<void> {
  (await chosen(world, values))?.stop();
}

export async function refresh(world: World, values: readonly unknown[]): Promise<void> {
  (await chosen(world, values))?.refresh();
}

export async function copy(world: World, values: readonly unknown[]): Promise<void> {
  const thread = await chosen(world, values);
  if (thread === undefined) return;
  await vscode.env.clipboard.writeText(thread.markdown());
  vscode.window.setStatusBarMessage(vscode.l10n.t('Explanation copied as Markdown'), 3_000);
}

export async function dismiss(world: World, values: readonly unknown[]): Promise<void> {
  (await chosen(world, values))?.dismiss();
}

export async function dismissAll(world: World): Promise<void> {
  (await world.explanations()).dismissAll();
}

/** A follow-up from the thread's reply box. */
export async function reply(world: World, [value]: readonly unknown[]): Promise<void> {
  if (typeof value !== 'object' || value === null || !('thread' in value) || !('text' in value)) return;
  const thread = (await world.explanations()).find(value.thread);
  if (typeof value.text === 'string') thread?.followUp(value.text);
}

/** The thread that VS Code hands over, or without one the explanation at the cursor. Anything else has no effect. */
async function chosen(world: World, [value]: readonly unknown[]): Promise<ExplanationThread | undefined> {
  const explanations = await world.explanations();
  return value === undefined ? explanations.atCursor() : explanations.find(value);
}
