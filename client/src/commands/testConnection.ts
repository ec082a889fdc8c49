/** Check Connection: tries the way to the service step by step, says what it found, and shows the report on request. */
import * as vscode from 'vscode';
import { type ConnectionReport, checkConnectionRequest } from '#shared/connection.ts';
import { showReadOnlyText } from '../readOnlyText.ts';
import type { World } from '../world.ts';

export async function testConnection(world: World): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Checking the connection …'),
    cancellable: true,
  };
  const report = await vscode.window.withProgress(options, (_progress, token) =>
    world.ask(checkConnectionRequest, {}, { token }),
  );
  await tell(world, report);
}

async function tell({ context }: World, report: ConnectionReport): Promise<void> {
  const showReport = vscode.l10n.t('Show Report');
  const choice = report.ok
    ? await vscode.window.showInformationMessage(report.summary, showReport)
    : await vscode.window.showErrorMessage(report.summary, showReport);
  if (choice === showReport) await showReadOnlyText(context, vscode.l10n.t('Connection Report'), report.text);
}
