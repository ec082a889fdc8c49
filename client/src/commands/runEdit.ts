/** Runs what a code action or lens names: an action on a place in a document. Anything else has no effect (threats S36). */
import * as vscode from 'vscode';
import type { EditTarget } from '#shared/edits.ts';
import { askedEdit } from '../edit/asked.ts';
import { refusalOf } from '../edit/editable.ts';
import { askForInstruction } from '../edit/instruction.ts';
import { openDocument } from '../edit/ranges.ts';
import type { World } from '../world.ts';

export async function runEdit(world: World, values: readonly unknown[]): Promise<void> {
  const target = askedEdit(values);
  if (target === undefined || !(await isOurs(target))) {
    world.log.warn('An edit was called with something that is no place in a document: nothing was done.');
    return;
  }
  const refusal = await refusalOf(vscode.Uri.parse(target.uri));
  if (refusal !== undefined) {
    void vscode.window.showWarningMessage(refusal);
    return;
  }
  const edits = await world.edits();
  const whole = await withInstruction(world, target);
  if (whole !== undefined) await edits.runs.start(whole);
}

/** An open document, or a file of a trusted workspace, whose place must be there. */
async function isOurs({ uri: text, range }: EditTarget): Promise<boolean> {
  const document = openDocument(text) ?? (await workspaceDocument(vscode.Uri.parse(text)));
  return document !== undefined && range.start.line < document.lineCount;
}

async function workspaceDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const isInside = uri.scheme !== 'untitled' && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  if (!vscode.workspace.isTrusted || !isInside) return undefined;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

/** Undefined when the person changed their mind. */
async function withInstruction({ context }: World, target: EditTarget): Promise<EditTarget | undefined> {
  if (target.action !== 'instruct' || target.instruction !== undefined) return target;
  const instruction = await askForInstruction(context);
  return instruction === undefined ? undefined : { ...target, instruction };
}
