/** Suggestion Statistics: a page of plain text; and to begin counting anew. */
import * as vscode from 'vscode';
import { suggestionStatisticsRequest } from '#shared/suggestions.ts';
import { showReadOnlyText } from '../readOnlyText.ts';
import { statisticsText } from '../suggest/statisticsText.ts';
import type { World } from '../world.ts';

export async function show({ ask, context }: World): Promise<void> {
  const counted = await ask(suggestionStatisticsRequest, { reset: false });
  const day = new Date(counted.since).toLocaleDateString(vscode.env.language);
  await showReadOnlyText(context, vscode.l10n.t('Suggestion Statistics'), statisticsText(counted, day, vscode.l10n));
}

export async function reset({ ask }: World): Promise<void> {
  await ask(suggestionStatisticsRequest, { reset: true });
  void vscode.window.showInformationMessage(vscode.l10n.t('Suggestions are counted anew from now on.'));
}
