/** Actions of the person's own are written with the editor's help: it knows the fields, and says what is wrong. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** The first value that is there, asked for again until it is; the JSON support starts with the first file. */
async function eventually<Value>(ask: () => PromiseLike<Value | undefined>): Promise<Value> {
  for (let tries = 0; tries < 150; tries++) {
    const value = await ask();
    if (value !== undefined) return value;
    await delay(100);
  }
  throw new Error('It did not come.');
}

describe('a file in .gloss/actions', () => {
  it('is checked against the schema, and its fields are completed', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, '.gloss/actions/check-arguments.json');
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'json');
    const end = document.positionAt(document.getText().lastIndexOf('}'));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, end, ', "scopes": 1, \n');
    await vscode.workspace.applyEdit(edit);
    const problems = await eventually(async () => {
      const found = vscode.languages.getDiagnostics(uri).map(({ message }) => message);
      return found.some((message) => message.includes('scopes')) ? found : undefined;
    });
    assert.ok(
      problems.some((message) => /scopes.*not allowed/.test(message)),
      problems.join(),
    );
    const labels = await eventually(async () => {
      const place = document.positionAt(document.getText().lastIndexOf('\n}'));
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        place,
      );
      const found = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      return found.includes('scope') ? found : undefined;
    });
    assert.ok(!labels.includes('title'), 'what is there already is offered again');
  });
});
