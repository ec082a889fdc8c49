/** What Was Sent: the receipt of an explanation, or of the last request. */
import * as vscode from 'vscode';
import * as z from 'zod';
import { documentScheme, serverCommands } from '#shared/commands.ts';
import { Failed } from '../failed.ts';
import { toFailed } from '../toFailed.ts';
import type { World } from '../world.ts';

const Receipt = z.object({ uri: z.string().max(4096), text: z.string() });

export async function showWhatWasSent(world: World, [value]: readonly unknown[]): Promise<void> {
  const thread = value === undefined ? undefined : (await world.explanations()).find(value);
  // Something that is no explanation of ours: no effect.
  if (value !== undefined && thread === undefined) return;
  const uri = thread?.receipt() ?? (await lastReceipt(world));
  if (uri !== undefined) await open(uri);
}

async function lastReceipt({ server }: World): Promise<string | undefined> {
  const params = { command: serverCommands.whatWasSent, arguments: [] };
  const answer = await server
    .client()
    .sendRequest<unknown>('workspace/executeCommand', params)
    .catch((error: unknown) => {
      throw toFailed(error, vscode.l10n);
    });
  const receipt = Receipt.safeParse(answer);
  if (receipt.success) return receipt.data.uri;
  void vscode.window.showInformationMessage(vscode.l10n.t('Nothing has been sent yet.'));
  return undefined;
}

async function open(text: string): Promise<void> {
  const uri = vscode.Uri.parse(text);
  if (uri.scheme !== documentScheme)
    throw new Failed(vscode.l10n.t('The receipt cannot be opened: its address is not one of Gloss.'), 'unreadable', [
      'showLog',
    ]);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: true });
}
