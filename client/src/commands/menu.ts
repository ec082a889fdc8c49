/** The menu behind the status bar item. */
import * as vscode from 'vscode';
import { menuEntries } from '../menuEntries.ts';
import { statusLook } from '../statusLook.ts';
import type { World } from '../world.ts';

export async function showMenu({ status }: World): Promise<void> {
  const situation = status.situation();
  const entries = menuEntries(situation, vscode.l10n).map((entry) =>
    entry.command === undefined ? { ...entry, kind: vscode.QuickPickItemKind.Separator } : entry,
  );
  const [sentence = 'Gloss'] = statusLook(situation, vscode.l10n).tooltip.split('\n');
  const chosen = await vscode.window.showQuickPick(entries, { title: 'Gloss', placeHolder: sentence });
  if (chosen?.command !== undefined) await vscode.commands.executeCommand(chosen.command);
}
