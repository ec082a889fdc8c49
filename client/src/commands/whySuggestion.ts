/** Why No Suggestion?: one sentence, and buttons for what can be done. */
import * as vscode from 'vscode';
import { clientCommands } from '#shared/commands.ts';
import { snoozeSuggestionsRequest, whySuggestionRequest } from '#shared/suggestions.ts';
import { documentSelector } from '../languageClient.ts';
import { ownReason, type ReasonDeed, reasonLook } from '../suggest/reasonLook.ts';
import { modeIn } from '../suggest/suggestionSettings.ts';
import type { World } from '../world.ts';

export async function whySuggestion(world: World): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const own = ownReason(
    {
      scheme: document?.uri.scheme,
      isEditorOn: vscode.workspace.getConfiguration('editor', document).get('inlineSuggest.enabled') !== false,
      mode: modeIn(document),
    },
    documentSelector.map(({ scheme }) => scheme),
  );
  const reason = own === undefined ? await world.ask(whySuggestionRequest, {}) : { why: own, detail: '', known: false };
  const { sentence, buttons } = reasonLook(reason, vscode.l10n);
  const chosen = await vscode.window.showInformationMessage(sentence, ...buttons.map(({ title }) => title));
  const deed = buttons.find(({ title }) => title === chosen)?.deed;
  if (deed !== undefined) await perform(world, deed);
}

async function perform({ ask }: World, deed: ReasonDeed): Promise<void> {
  const run = (command: string, ...values: readonly unknown[]) => vscode.commands.executeCommand(command, ...values);
  switch (deed) {
    case 'turnOn':
      await run(clientCommands.toggleSuggestions);
      return;
    case 'endSnooze':
      await ask(snoozeSuggestionsRequest, { minutes: 0 });
      return;
    case 'askNow':
      await run('workbench.action.focusActiveEditorGroup');
      await run(clientCommands.triggerSuggestion);
      return;
    case 'setKey':
      await run(clientCommands.setApiKey);
      return;
    case 'startDemo':
      await run(clientCommands.startDemo);
      return;
    case 'checkConnection':
      await run(clientCommands.testConnection);
      return;
    case 'showLog':
      await run(clientCommands.showLog);
      return;
    case 'openSettings':
      await run('workbench.action.openSettings', '@ext:gloss.gloss-language-server suggestions');
      return;
    case 'openEditorSettings':
      await run('workbench.action.openSettings', 'editor.inlineSuggest.enabled');
      return;
  }
}
