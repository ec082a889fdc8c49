/** What Was Sent: the receipt of an explanation, or of the last request. */
import * as vscode from 'vscode';
import * as z from 'zod';
import { documentScheme, serverCommands } from '#shared/commands.ts';
import { isMenuContext } from '../explain/target.ts';
import { Failed } from '../failed.ts';
import { toFailed } from '../toFailed.ts';
import type { World } from '../world.ts';
import { chosenThread } from './chosen.ts';

const Receipt = z.object({ uri: z.string().max(4096), text: z.string() });

export async function showWhatWasSent(world: World, [value]: readonly unknown[]): Promise<void> {
  // Menus of editors pass the address of their document; without an explanation in it the last request counts.
  const isOfEditor = value === undefined || isMenuContext(value);
  const document = value === undefined ? undefined : (await world.explanationDocuments()).find(value);
  const explanation = document ?? (isOfEditor ? undefined : await chosenThread(world, [value]));
  // Something that is no explanation of ours: no effect.
  if (!isOfEditor && explanation === undefined) return;
  const uri = explanation?.receipt() ?? (await lastReceipt(world));
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
