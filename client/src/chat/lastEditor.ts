/** The editor that the person was in last and that shows no chat: what a question written in a chat is about. */
import * as vscode from 'vscode';

let last: vscode.TextEditor | undefined;

/** From now on, until the extension ends. */
export function followEditors({ subscriptions }: vscode.ExtensionContext): void {
  const follow = (editor: vscode.TextEditor | undefined): void => {
    if (editor !== undefined && isCode(editor)) last = editor;
  };
  follow(vscode.window.activeTextEditor);
  subscriptions.push(vscode.window.onDidChangeActiveTextEditor(follow));
}

/** Undefined where none is open any more. */
export function lastEditor(): vscode.TextEditor | undefined {
  if (last !== undefined && !last.document.isClosed) return last;
  return vscode.window.visibleTextEditors.find(isCode);
}

/** A file of the workspace, or one without a file: neither a chat nor what Gloss shows beside it, nor a log. */
function isCode({ document: { uri } }: vscode.TextEditor): boolean {
  return uri.scheme === 'untitled' || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
