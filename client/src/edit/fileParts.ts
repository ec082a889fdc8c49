/** Files that come, go or move as parts of a change: whether it happened, and the way back. */
import * as vscode from 'vscode';
import type { FileChange } from '#shared/edits.ts';
import type { Part } from './allOrNothing.ts';
import { statOf } from './editable.ts';
import { nameOf } from './ranges.ts';

/** Made before anything changes: what a file is made of again is read here. */
export async function partOfFile(change: FileChange): Promise<Part> {
  const uri = vscode.Uri.parse(change.uri);
  switch (change.kind) {
    case 'create':
      return created(uri, new TextEncoder().encode(change.text));
    case 'delete':
      return deleted(uri, await read(uri));
    case 'rename':
      return renamed(uri, vscode.Uri.parse(change.to));
  }
}

function created(uri: vscode.Uri, contents: Uint8Array): Part {
  const isThere = async (): Promise<boolean> => isSame(await read(uri), contents);
  return {
    name: nameOf(uri),
    isDone: isThere,
    // What somebody has written into it meanwhile is not ours to delete.
    undo: async () => (await isThere()) && perform((edit) => edit.deleteFile(uri)),
  };
}

function deleted(uri: vscode.Uri, contents: Uint8Array | undefined): Part {
  return {
    name: nameOf(uri),
    isDone: async () => (await statOf(uri)) === undefined,
    undo: async () => contents !== undefined && perform((edit) => edit.createFile(uri, { overwrite: false, contents })),
  };
}

function renamed(from: vscode.Uri, to: vscode.Uri): Part {
  return {
    name: nameOf(from),
    isDone: async () => (await statOf(from)) === undefined && (await statOf(to)) !== undefined,
    undo: () => perform((edit) => edit.renameFile(to, from, { overwrite: false })),
  };
}

async function perform(add: (edit: vscode.WorkspaceEdit) => void): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  add(edit);
  return vscode.workspace.applyEdit(edit);
}

async function read(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && one.length === other.length && one.every((byte, index) => byte === other[index]);
}
