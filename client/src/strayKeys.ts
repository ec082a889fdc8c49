/** Keys that were written into the settings, where they do not belong: moved to the secret storage and erased (threats S32). */
import * as vscode from 'vscode';
import { keyProblem } from './keyShape.ts';
import type { World } from './world.ts';

const section = 'gloss';
const name = 'apiKey';

/** Looks now, and whenever the settings change. */
export function watchStrayKeys(world: World): void {
  const look = (): void =>
    void tidy(world).catch((error: unknown) =>
      world.log.error(`A key in the settings could not be moved: ${messageOf(error)}`),
    );
  world.context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.${name}`)) look();
    }),
  );
  look();
}

async function tidy(world: World): Promise<void> {
  const found = vscode.workspace.getConfiguration(section).inspect<unknown>(name);
  if (typeof found?.globalValue === 'string') await moveOwn(world, found.globalValue);
  if (typeof found?.workspaceValue === 'string')
    await offerToMove(world, found.workspaceValue, vscode.ConfigurationTarget.Workspace);
}

/** The user's own settings: moved at once. */
async function moveOwn(world: World, value: string): Promise<void> {
  const host = await keep(world, value);
  if (host === undefined) return;
  await vscode.workspace.getConfiguration(section).update(name, undefined, vscode.ConfigurationTarget.Global);
  await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The API key in your settings was moved to the secret storage of the editor, for {0}. Settings are readable files.',
      host,
    ),
  );
}

let asked = false;

/** Settings of the workspace belong to everybody who has the folder: its key is taken only when the person says so. */
async function offerToMove(world: World, value: string, target: vscode.ConfigurationTarget): Promise<void> {
  if (asked || !vscode.workspace.isTrusted) return;
  asked = true;
  const move = vscode.l10n.t('Move to Secret Storage');
  const message = vscode.l10n.t(
    'The settings of this workspace hold an API key that everybody with the folder can read. Gloss does not use it from there.',
  );
  if ((await vscode.window.showWarningMessage(message, move)) !== move) return;
  if ((await keep(world, value)) !== undefined)
    await vscode.workspace.getConfiguration(section).update(name, undefined, target);
}

/** Stores a key for the endpoint in force. The host, or undefined when it was not stored: then it stays where it is. */
async function keep({ connection, keys }: World, value: string): Promise<string | undefined> {
  const origin = connection.origin();
  const problem = origin === undefined ? undefined : keyProblem(value, origin, vscode.l10n);
  if (origin === undefined || problem?.severity === 'error') {
    await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The setting gloss.apiKey is not used, and its value cannot be a key. Remove it, then run "Gloss: Set API Key".',
      ),
    );
    return undefined;
  }
  await keys.store(origin, { kind: 'apiKey', value: value.trim() });
  return new URL(origin).host;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
