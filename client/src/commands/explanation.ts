/** What can be done with an explanation: from its thread or its row in the list, or by key and palette for the one at the cursor. */
import * as vscode from 'vscode';
import { marks } from '#shared/citations.ts';
import { Level } from '#shared/explain.ts';
import { chatMentionRequest } from '#shared/panelRequests.ts';
import { refusalOf } from '../edit/editable.ts';
import { openDocument } from '../edit/ranges.ts';
import { askedExplanation } from '../explain/asked.ts';
import { readStored } from '../explain/asking.ts';
import { hasThread } from '../explain/explanations.ts';
import type { World } from '../world.ts';
import { chosen, chosenThread, tellBriefly } from './chosen.ts';

export async function stop(world: World, values: readonly unknown[]): Promise<void> {
  (await chosen(world, values))?.stop();
}

export async function refresh(world: World, values: readonly unknown[]): Promise<void> {
  const explanation = await chosen(world, values);
  if (explanation !== undefined && 'expand' in explanation) explanation.expand();
  await explanation?.refresh();
}

export async function shorter(world: World, values: readonly unknown[]): Promise<void> {
  await toLevel(world, values, -1);
}

export async function deeper(world: World, values: readonly unknown[]): Promise<void> {
  await toLevel(world, values, 1);
}

export async function copy(world: World, values: readonly unknown[]): Promise<void> {
  const explanation = await chosen(world, values);
  if (explanation === undefined) return;
  if ('read' in explanation) await explanation.read();
  await vscode.env.clipboard.writeText(explanation.markdown());
  vscode.window.setStatusBarMessage(vscode.l10n.t('Explanation copied as Markdown'), 3_000);
}

/** Writes the documentation of the code, with what was explained as material: an edit that waits for the person. */
export async function toDocComment(world: World, values: readonly unknown[]): Promise<void> {
  const thread = await chosenThread(world, values);
  if (thread === undefined) return;
  await thread.read();
  const { uri, code } = thread.place();
  const answer = thread.turns().findLast((turn) => turn.question === undefined && turn.answer !== undefined)?.answer;
  const refusal = await refusalOf(uri);
  if (refusal !== undefined) void vscode.window.showWarningMessage(refusal);
  else if (answer === undefined) tellBriefly(vscode.l10n.t('There is no explanation yet to make a comment of'));
  else {
    const version = openDocument(uri.toString())?.version;
    const explanation = answer.markdown.replaceAll(marks, '').slice(0, 20_000);
    const place = { uri: uri.toString(), range: code, ...(version === undefined ? {} : { version }) };
    await (await world.edits()).runs.start({ action: 'document', ...place, explanation });
  }
}

/** A question about the same code, with what was explained: the person writes on, and sends it. */
export async function continueInChat(world: World, values: readonly unknown[]): Promise<void> {
  const thread = await chosenThread(world, values);
  if (thread === undefined) return;
  await thread.read();
  const { uri, code } = thread.place();
  const { mentions } = await world.ask(chatMentionRequest, { places: [{ uri: uri.toString(), range: code }] });
  const explained = thread.markdown().replaceAll(marks, '').slice(0, 20_000);
  const { addMentions } = await import('./panel.ts');
  await addMentions(world, mentions, `\n\n${explained.replaceAll(/^/gm, '> ')}\n\n`);
}

export async function dismiss(world: World, values: readonly unknown[]): Promise<void> {
  const asked = askedExplanation(values);
  const explanations = await world.explanations();
  // A row goes without its document being opened.
  if (asked.kind === 'listed') return explanations.dismiss([asked.id]);
  const thread = await chosenThread(world, values);
  if (thread !== undefined) await explanations.dismissThread(thread);
}

/** Opens what a row of the list stands for: the code and its thread, or the document that explains a file. */
export async function show(world: World, values: readonly unknown[]): Promise<void> {
  const asked = askedExplanation(values);
  if (asked.kind !== 'listed') return;
  const summary = (await world.explanations()).known.find(asked.id);
  const isDocument = summary !== undefined && !hasThread(summary) && summary.kind !== 'notes';
  if (!isDocument) await chosenThread(world, values);
  else {
    const stored = await readStored(world.ask, asked.id);
    if (stored !== undefined) await (await world.explanationDocuments()).show(stored);
  }
}

/** A follow-up from the thread's reply box. */
export async function reply(world: World, [value]: readonly unknown[]): Promise<void> {
  if (typeof value !== 'object' || value === null || !('thread' in value) || !('text' in value)) return;
  const thread = (await world.explanations()).find(value.thread);
  if (typeof value.text === 'string') await thread?.followUp(value.text);
}

async function toLevel(world: World, values: readonly unknown[], step: 1 | -1): Promise<void> {
  const thread = await chosenThread(world, values);
  if (thread === undefined) return;
  const levels = Level.options;
  const level = levels[levels.indexOf(thread.about().level) + step];
  if (level !== undefined) await thread.explain(level);
  else
    tellBriefly(
      step > 0 ? vscode.l10n.t('This is the deepest explanation') : vscode.l10n.t('This is the shortest explanation'),
    );
}
