/** The extension as VS Code sees it from inside: it is there, it activates, its commands exist. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { clientCommands } from '#shared/commands.ts';

describe('the extension', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension('gloss.gloss-language-server');
    assert.ok(extension, 'the extension is not installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command of the client', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = Object.values(clientCommands).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
