/** The selected text of the active terminal. The stable API has no word for it: it goes over the clipboard, which is put back. */
import * as vscode from 'vscode';

const copy = 'workbench.action.terminal.copySelection';

/** Empty where nothing is selected. What the clipboard held before is there again in any case, as far as it was text. */
export async function terminalSelection(): Promise<string> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  try {
    // Empty first: what is there afterwards is the selection, even where the same text was on the clipboard.
    await clipboard.writeText('');
    await vscode.commands.executeCommand(copy);
    return await clipboard.readText();
  } finally {
    await clipboard.writeText(before);
  }
}
