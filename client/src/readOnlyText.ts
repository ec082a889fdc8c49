/** Opens plain text that nobody can edit, in a tab of its own. */
import * as vscode from 'vscode';
import { keepNewest } from '#shared/newest.ts';

const scheme = 'gloss-report';
/** A tab has its text already; one that is closed and opened again much later is empty. */
const mostTexts = 50;
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
  texts.delete(uri.path);
  texts.set(uri.path, text);
  keepNewest(texts, mostTexts);
  changes.fire(uri);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}
