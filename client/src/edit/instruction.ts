/** Asks what should change: a box with the earlier instructions below it. */
import * as vscode from 'vscode';
import { historyFrom, type Offer, offersFor, remembered } from './history.ts';

/** Of the workspace, on this machine: instructions may hold private words. */
const stored = 'gloss.instructions';

/** What was typed when the box was left without an edit: it is there again the next time. */
let draft = '';

/** Undefined when the person changed their mind. */
export async function askForInstruction({ workspaceState }: vscode.ExtensionContext): Promise<string | undefined> {
  const history = (): readonly string[] => historyFrom(workspaceState.get<unknown>(stored));
  const clear = async (): Promise<void> => workspaceState.update(stored, undefined);
  const instruction = await pick(history, clear);
  if (instruction === undefined) return undefined;
  draft = '';
  await workspaceState.update(stored, remembered(history(), instruction));
  return instruction;
}

interface Item extends vscode.QuickPickItem {
  readonly choice: Offer['choice'];
}

function pick(history: () => readonly string[], clear: () => Promise<void>): Promise<string | undefined> {
  const box = vscode.window.createQuickPick<Item>();
  box.title = vscode.l10n.t('Edit with Instruction');
  box.placeholder = vscode.l10n.t('What should change?');
  box.ignoreFocusOut = true;
  box.value = draft;
  const offer = (): void => {
    box.items = offersFor(box.value, history(), vscode.l10n);
  };
  offer();
  return new Promise((resolve) => {
    box.onDidChangeValue((value) => {
      draft = value;
      offer();
    });
    box.onDidAccept(async () => {
      const choice = box.selectedItems[0]?.choice;
      if (choice?.kind === 'clear') {
        await clear();
        offer();
      } else if (choice?.kind === 'instruction') {
        resolve(choice.text);
        box.hide();
      }
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}
