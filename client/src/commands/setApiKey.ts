/** Set API Key: asked for, tried, and only then stored. Nothing that was typed is lost on the way. */
import * as vscode from 'vscode';
import { clientCommands } from '#shared/commands.ts';
import { type ConnectionReport, checkConnectionRequest } from '#shared/connection.ts';
import { isStopped } from '../failed.ts';
import { keyProblem } from '../keyShape.ts';
import { toFailed } from '../toFailed.ts';
import type { World } from '../world.ts';

/** Whether a key was stored. */
export async function setApiKey(world: World): Promise<boolean> {
  const origin = world.connection.origin();
  if (origin === undefined) return tellBadEndpoint();
  for (let typed = ''; ; ) {
    const key = await askForKey(origin, typed);
    if (key === undefined) return false;
    typed = key;
    const verdict = await tryKey(world, origin, key);
    const step = verdict.ok ? 'store' : await askAfterFailure(verdict.summary);
    if (step === 'cancel') return false;
    if (step === 'store') return store(world, origin, key, verdict.ok);
  }
}

async function askForKey(origin: string, typed: string): Promise<string | undefined> {
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('Set API Key'),
    prompt: promptFor(new URL(origin).host),
    placeHolder: 'sk-ant-…',
    password: true,
    ignoreFocusOut: true,
    value: typed,
    validateInput: (value) => validation(value, origin),
  });
  return key?.trim();
}

/** In a browser the secret storage may live no longer than the window. */
function promptFor(host: string): string {
  const where = vscode.l10n.t(
    'The key for {0}. It is tried with a free call, then kept in the secret storage of the editor.',
    host,
  );
  const web = vscode.l10n.t('In a browser it may be forgotten when the window is closed.');
  return vscode.env.uiKind === vscode.UIKind.Web ? `${where} ${web}` : where;
}

/** Errors keep Enter from being accepted, warnings do not. */
function validation(value: string, origin: string): vscode.InputBoxValidationMessage | undefined {
  const problem = keyProblem(value, origin, vscode.l10n);
  if (problem === undefined) return undefined;
  const { Error: error, Warning: warning } = vscode.InputBoxValidationSeverity;
  return { message: problem.message, severity: problem.severity === 'error' ? error : warning };
}

async function tryKey(
  { ask }: World,
  origin: string,
  candidate: string,
): Promise<Pick<ConnectionReport, 'ok' | 'summary'>> {
  const title = vscode.l10n.t('Trying the key with {0} …', new URL(origin).host);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_progress, token) => {
    try {
      return await ask(checkConnectionRequest, { candidate }, { token });
    } catch (error) {
      const failed = toFailed(error, vscode.l10n);
      return {
        ok: false,
        summary: isStopped(failed) ? vscode.l10n.t('The key was not tried to the end.') : failed.message,
      };
    }
  });
}

async function askAfterFailure(summary: string): Promise<'again' | 'store' | 'cancel'> {
  const again = vscode.l10n.t('Try Again');
  const storeAnyway = vscode.l10n.t('Store Anyway');
  const message = vscode.l10n.t('The key did not work.');
  const choice = await vscode.window.showWarningMessage(message, { modal: true, detail: summary }, again, storeAnyway);
  if (choice === again) return 'again';
  return choice === storeAnyway ? 'store' : 'cancel';
}

async function store({ keys, demo }: World, origin: string, value: string, works: boolean): Promise<boolean> {
  await keys.store(origin, { kind: 'apiKey', value });
  const { host } = new URL(origin);
  const message = works
    ? vscode.l10n.t('The key works. It is stored for {0}.', host)
    : vscode.l10n.t('The key is stored for {0}, though it did not work.', host);
  if (demo.isWanted) void offerToStopDemo(message);
  else void vscode.window.showInformationMessage(message);
  return true;
}

/** With the demo running the new key would not be used, and nobody would know why. */
async function offerToStopDemo(message: string): Promise<void> {
  const stopDemo = vscode.l10n.t('Stop Demo');
  const text = vscode.l10n.t('{0} The demo still answers.', message);
  if ((await vscode.window.showInformationMessage(text, stopDemo)) === stopDemo)
    await vscode.commands.executeCommand(clientCommands.stopDemo);
}

async function tellBadEndpoint(): Promise<false> {
  const open = vscode.l10n.t('Open Settings');
  const message = vscode.l10n.t(
    'The setting gloss.baseUrl is not a web address, so there is nothing to set a key for. Correct it first.',
  );
  if ((await vscode.window.showErrorMessage(message, open)) === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'gloss.baseUrl');
  return false;
}
