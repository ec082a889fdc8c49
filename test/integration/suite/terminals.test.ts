/** Terminals of commands, in VS Code's own terminals: what is shown, that nothing takes the focus, and what closing one means. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { save } from '../../../client/src/chat/save.ts';
import { createTerminals } from '../../../client/src/chat/terminals.ts';
import { terminalSelection } from '../../../client/src/terminalSelection.ts';

async function eventually(isTrue: () => boolean | PromiseLike<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await isTrue()) return;
    await delay(100);
  }
  throw new Error(`It did not come: ${what}.`);
}

const named = (name: string) => vscode.window.terminals.find((terminal) => terminal.name === name);

describe('a terminal of a command', () => {
  const closed: string[] = [];
  const terminals = createTerminals((id) => closed.push(id));

  it('opens beside the editor, which keeps the focus, and shows what comes', async () => {
    const document = await vscode.workspace.openTextDocument({ content: '', language: 'plaintext' });
    await vscode.window.showTextDocument(document);
    terminals.hear({ id: 'a', title: 'Run npm\u001b[31m test' });
    terminals.hear({ id: 'a', title: 'Run npm test', text: 'first line\nsecond \u001b]0;evil\u0007line\n' });
    await eventually(() => named('Run npm test') !== undefined, 'the terminal');
    // Where it had the focus, what is typed would not reach the document.
    await vscode.commands.executeCommand('type', { text: 'typed' });
    assert.equal(document.getText(), 'typed');
    terminals.hear({ id: 'a', title: 'Run npm test', ended: 'Exit code 0.' });
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.terminal.selectAll');
      const text = await terminalSelection();
      return /first line\s+second line\s+\[Exit code 0\.\]/.test(text);
    }, 'the text');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('stops its command when it is closed while that runs, and only then', async () => {
    terminals.hear({ id: 'b', title: 'Run b' });
    terminals.hear({ id: 'c', title: 'Run c' });
    terminals.hear({ id: 'c', title: 'Run c', ended: 'Exit code 1.' });
    await eventually(() => named('Run b') !== undefined && named('Run c') !== undefined, 'both');
    // As a person does it.
    await eventually(() => {
      named('Run b')?.show();
      return vscode.window.activeTerminal?.name === 'Run b';
    }, 'that it is the active one');
    await vscode.commands.executeCommand('workbench.action.terminal.kill');
    named('Run c')?.dispose();
    await eventually(() => named('Run b') === undefined && named('Run c') === undefined, 'that they are gone');
    await eventually(() => closed.length > 0, 'that it is told');
    assert.deepEqual(closed, ['b']);
    // What is on its way opens no new one.
    terminals.hear({ id: 'b', title: 'Run b', text: 'more' });
    assert.equal(named('Run b'), undefined);
  });

  it('goes when many others have ended after it', async () => {
    for (const id of ['1', '2', '3', '4', '5', '6', '7']) {
      terminals.hear({ id, title: `Run ${id}` });
      terminals.hear({ id, title: `Run ${id}`, ended: 'Exit code 0.' });
    }
    await eventually(() => named('Run 2') === undefined && named('Run 7') !== undefined, 'that the old ones are gone');
    assert.ok(named('Run 3'));
    for (const terminal of vscode.window.terminals) terminal.dispose();
  });
});

describe('saving before a command', () => {
  it('saves what has a file, and says what is saved', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'saved-before-a-command.txt');
    await vscode.workspace.fs.writeFile(uri, Buffer.from('old'));
    const document = await vscode.workspace.openTextDocument(uri);
    const untitled = await vscode.workspace.openTextDocument({ content: '' });
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(0, 0, 0, 3), 'new');
    await vscode.workspace.applyEdit(edit);
    assert.ok(document.isDirty);
    const asked = [uri, untitled.uri, vscode.Uri.joinPath(folder.uri, 'not-open.txt')].map((one) => one.toString());
    assert.deepEqual(await save(asked), [uri.toString()]);
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString(), 'new');
    await vscode.workspace.fs.delete(uri);
  });
});
