/** Opens plain text that nobody can edit, in a tab of its own. */
import * as vscode from 'vscode';

const scheme = 'gloss-report';
const texts = new Map<string, string>();
const changes = new vscode.EventEmitter<vscode.Uri>();
let registered = false;

/** Shows a text under a name; the same name again replaces the text. */
export async function showReadOnlyText(context: vscode.ExtensionContext, name: string, text: string): Promise<void> {
  if (!registered) {
    registered = true;
    const provider = {
      onDidChange: changes.event,
      provideTextDocumentContent: ({ path }: vscode.Uri) => texts.get(path) ?? '',
    };
    context.subscriptions.push(vscode.workspace.registerTextDocumentContentProvider(scheme, provider));
  }
  const uri = vscode.Uri.from({ scheme, path: `/${name}.txt` });
  texts.set(uri.path, text);
  changes.fire(uri);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}
