/** Edit with Instruction: the selection, or the function, class or paragraph around the cursor; from a code action, the place that it names. */
import * as vscode from 'vscode';
import { clientCommands } from '#shared/commands.ts';
import { isHere } from '../edit/asked.ts';
import { refusalOf } from '../edit/editable.ts';
import { askForInstruction } from '../edit/instruction.ts';
import { plainRange } from '../edit/ranges.ts';
import type { World } from '../world.ts';

export async function editHere(world: World, values: readonly unknown[]): Promise<void> {
  if (!isHere(values)) {
    await vscode.commands.executeCommand(clientCommands.runEdit, ...values);
    return;
  }
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a file and put the cursor into the code to edit.'));
    return;
  }
  const { document } = editor;
  const refusal = await refusalOf(document.uri);
  if (refusal !== undefined) {
    void vscode.window.showWarningMessage(refusal);
    return;
  }
  // The document is followed from here on: it may change while the person writes.
  const edits = await world.edits();
  const [range, version] = [plainRange(editor.selection), document.version];
  const instruction = await askForInstruction(world.context);
  if (instruction !== undefined)
    await edits.runs.start({ action: 'instruct', uri: document.uri.toString(), range, instruction, version });
}
