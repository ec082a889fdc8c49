/** Remove API Key: takes the key for the endpoint in force out of the secret storage. */
import * as vscode from 'vscode';
import type { World } from '../world.ts';

export async function removeApiKey({ connection, keys }: World): Promise<void> {
  const origin = connection.origin();
  const host = origin === undefined ? '' : new URL(origin).host;
  if (origin === undefined || (await keys.get(origin)) === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No API key is stored for {0}.', host || vscode.l10n.t('the endpoint in the settings')),
    );
    return;
  }
  const remove = vscode.l10n.t('Remove');
  const message = vscode.l10n.t('Remove the API key for {0}?', host);
  const detail = vscode.l10n.t('Gloss cannot show it again. Have it at hand if you want to set it again.');
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, remove)) !== remove) return;
  await keys.remove(origin);
  void vscode.window.showInformationMessage(vscode.l10n.t('The API key for {0} was removed.', host));
}
