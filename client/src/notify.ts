/** Tells a person that what they asked for failed, with buttons for what they can do: one message at a time for one cause. */
import * as vscode from 'vscode';
import { clientCommands } from '#shared/commands.ts';
import type { Remedy } from '#shared/failure.ts';
import { type Failed, isStopped } from './failed.ts';
import { buttonsFor } from './remedies.ts';

const open = new Set<string>();

/**
 * Shows a failure until the person has dealt with it. `retry` runs when they want to try again, also after
 * a key was set or the demo started. A second message with the same words is not shown beside the first.
 */
export async function showFailure(failed: Failed, retry?: () => unknown): Promise<void> {
  if (isStopped(failed) || open.has(failed.message)) return;
  const buttons = buttonsFor(failed.remedies, retry !== undefined, vscode.l10n);
  open.add(failed.message);
  const title = await vscode.window.showErrorMessage(failed.message, ...buttons.map((button) => button.title));
  open.delete(failed.message);
  const chosen = buttons.find((button) => button.title === title);
  if (chosen !== undefined) await apply(chosen.remedy, retry);
}

async function apply(remedy: Remedy, retry: (() => unknown) | undefined): Promise<void> {
  switch (remedy) {
    case 'retry':
      await retry?.();
      return;
    case 'setKey':
      if (await vscode.commands.executeCommand<boolean>(clientCommands.setApiKey)) await retry?.();
      return;
    case 'restart':
      await vscode.commands.executeCommand(clientCommands.restartServer);
      return;
    case 'startDemo':
      if (await vscode.commands.executeCommand<boolean>(clientCommands.startDemo)) await retry?.();
      return;
    case 'checkConnection':
      await vscode.commands.executeCommand(clientCommands.testConnection);
      return;
    case 'showLog':
      await vscode.commands.executeCommand(clientCommands.showLog);
      return;
    case 'openSettings':
      await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:gloss.gloss-language-server');
      return;
  }
}
