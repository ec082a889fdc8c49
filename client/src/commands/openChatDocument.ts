/** Open Chat as Document: a new chat in a Markdown file, begun with what is selected. */
import * as vscode from 'vscode';
import * as z from 'zod';
import { serverCommands } from '#shared/commands.ts';
import { plainRange } from '../edit/ranges.ts';
import { toFailed } from '../toFailed.ts';
import type { World } from '../world.ts';

const Opened = z.object({ uri: z.string().max(4096) });

/** Values that somebody hands over mean nothing here: the person's own selection counts. */
export async function openChatDocument({ server, log }: World): Promise<void> {
  const params = { command: serverCommands.chat, arguments: selectionIn(vscode.window.activeTextEditor) };
  const answer = await server
    .client()
    .sendRequest<unknown>('workspace/executeCommand', params)
    .catch((error: unknown) => {
      throw toFailed(error, vscode.l10n);
    });
  // The server has had it shown.
  if (!Opened.safeParse(answer).success) log.warn('The document of a chat was not shown.');
}

function selectionIn(editor: vscode.TextEditor | undefined): readonly unknown[] {
  if (editor === undefined || editor.selection.isEmpty) return [];
  const { uri } = editor.document;
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return [];
  return [{ uri: uri.toString(), range: plainRange(editor.selection) }];
}
