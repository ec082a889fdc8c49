/** The commands that the page has buttons for. */
import * as vscode from 'vscode';
import type * as z from 'zod';
import { clientCommands, serverCommands } from '#shared/commands.ts';
import type { runRequest } from '#shared/panelHost.ts';
import { toFailed } from '../toFailed.ts';
import type { World } from '../world.ts';

export type PageCommand = z.infer<typeof runRequest.params>['command'];

/** Ours and the editor's, with their arguments. */
const commands: Readonly<
  Record<Exclude<PageCommand, 'openInEditor' | 'openAsDocument'>, readonly [string, ...string[]]>
> = {
  showWhatWasSent: [clientCommands.showWhatWasSent],
  setApiKey: [clientCommands.setApiKey],
  startDemo: [clientCommands.startDemo],
  testConnection: [clientCommands.testConnection],
  manageTrust: ['workbench.trust.manage'],
  openFolder: ['workbench.action.files.openFolder'],
  showLog: [clientCommands.showLog],
  restartServer: [clientCommands.restartServer],
  openSettings: ['workbench.action.openSettings', '@ext:gloss.gloss-language-server gloss.chat'],
  // The extension's own page says how things work.
  help: ['extension.open', 'gloss.gloss-language-server'],
};

/** What the command answers: of a key or the demo, whether it is there now. */
export async function runFor(
  world: World,
  command: Exclude<PageCommand, 'openInEditor'>,
  chat: string | undefined,
): Promise<unknown> {
  if (command === 'openAsDocument') return openAsDocument(world, chat);
  const [id, ...values] = commands[command];
  return vscode.commands.executeCommand<unknown>(id, ...values);
}

/** The chat in a Markdown document. The server has it shown. */
export async function openAsDocument({ server }: Pick<World, 'server'>, chat: string | undefined): Promise<void> {
  const values = chat === undefined ? [] : [{ conversation: chat }];
  await server
    .client()
    .sendRequest<unknown>('workspace/executeCommand', { command: serverCommands.chat, arguments: values })
    .catch((error: unknown) => {
      throw toFailed(error, vscode.l10n);
    });
}
