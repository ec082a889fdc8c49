/** Which explanation a command means: anything that is none of ours has no effect (threats S36). */
import * as vscode from 'vscode';
import { askedExplanation } from '../explain/asked.ts';
import type { ExplanationDocument } from '../explain/explanationDocument.ts';
import { reveal } from '../explain/reveal.ts';
import type { ExplanationThread } from '../explain/thread.ts';
import type { World } from '../world.ts';

/** The thread that VS Code hands over, that of a row of the list, or without one the explanation at the cursor. */
export async function chosenThread(world: World, values: readonly unknown[]): Promise<ExplanationThread | undefined> {
  const explanations = await world.explanations();
  const asked = askedExplanation(values);
  switch (asked.kind) {
    case 'nothing':
      return undefined;
    case 'object':
      return explanations.find(asked.value);
    case 'listed':
      return reveal(explanations, asked.id);
    case 'here': {
      const thread = explanations.atCursor();
      if (thread === undefined) tellBriefly(vscode.l10n.t('There is no explanation at the cursor'));
      return thread;
    }
  }
}

/** The same, or the explanation in the document whose editor has the menu. */
export async function chosen(
  world: World,
  values: readonly unknown[],
): Promise<ExplanationThread | ExplanationDocument | undefined> {
  const [value] = values;
  const document = value === undefined ? undefined : (await world.explanationDocuments()).find(value);
  return document ?? chosenThread(world, values);
}

export function tellBriefly(message: string): void {
  vscode.window.setStatusBarMessage(message, 3_000);
}
