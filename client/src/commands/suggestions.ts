/** Suggestions while typing: asked for by hand, turned on and off, put to rest. */
import * as vscode from 'vscode';
import { longestSnooze, snoozeSuggestionsRequest } from '#shared/suggestions.ts';
import { toggled } from '../suggest/levels.ts';
import { restSentence } from '../suggest/rest.ts';
import { levelsFor, modeIn, ownLanguages, write } from '../suggest/suggestionSettings.ts';
import type { World } from '../world.ts';

/** The editor asks all who suggest, us among them. */
export async function trigger(): Promise<void> {
  await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
}

export async function toggleLanguage(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file first: suggestions are turned on or off for its language.'),
    );
    return;
  }
  const { languageId } = document;
  const wasOff = modeIn(document) === 'off';
  const { languages, mode } = toggled(levelsFor(document.uri), ownLanguages(), languageId);
  if (languages !== undefined) await write('languages', languages);
  if (wasOff && mode === 'off') await tellWorkspaceDecides();
  else
    void vscode.window.showInformationMessage(
      mode === 'off'
        ? vscode.l10n.t('Suggestions are off for {0}.', languageId)
        : vscode.l10n.t('Suggestions are on for {0}.', languageId),
    );
}

export async function chooseMode(): Promise<void> {
  const now = modeIn(undefined);
  const modes = [
    {
      mode: 'automatic',
      label: vscode.l10n.t('Automatic'),
      detail: vscode.l10n.t('After a short pause in typing. Each suggestion is a request that costs money.'),
    },
    {
      mode: 'manual',
      label: vscode.l10n.t('By Hand'),
      detail: vscode.l10n.t('Only when you run Trigger Suggestion, to which you can give a key.'),
    },
    { mode: 'off', label: vscode.l10n.t('Off'), detail: vscode.l10n.t('Never. Nothing is sent while you type.') },
  ] as const;
  const items = modes.map((item) => (item.mode === now ? { ...item, description: vscode.l10n.t('in use') } : item));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Suggestions While Typing'),
    placeHolder: vscode.l10n.t('When should code be suggested? Languages can differ: see the settings.'),
  });
  if (chosen === undefined) return;
  await write('mode', chosen.mode);
  if (modeIn(undefined) !== chosen.mode) await tellWorkspaceDecides();
}

/** Minutes. */
const rests = [5, 15, 60] as const;

export async function snooze({ ask, status }: World): Promise<void> {
  const { suggestions } = status.situation();
  const resting = suggestions?.restUntil && restSentence(suggestions.restUntil, new Date(), vscode.l10n);
  const items = [
    ...(resting === undefined ? [] : [{ minutes: 0, label: vscode.l10n.t('End Snooze'), detail: resting }]),
    ...rests.map((minutes) => ({ minutes, label: vscode.l10n.t('{0} Minutes', minutes) })),
    { minutes: longestSnooze, label: vscode.l10n.t('Until VS Code Starts Again') },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Snooze Suggestions'),
    placeHolder: vscode.l10n.t('How long should nothing be suggested in this window unless you ask?'),
  });
  if (chosen !== undefined) await ask(snoozeSuggestionsRequest, { minutes: chosen.minutes });
}

async function tellWorkspaceDecides(): Promise<void> {
  const open = vscode.l10n.t('Open Workspace Settings');
  const message = vscode.l10n.t('The settings of this workspace allow less than that.');
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.commands.executeCommand('workbench.action.openWorkspaceSettings', { query: 'gloss.suggestions' });
}
