/** The one status bar item: what the server is doing, and a menu behind it. */
import * as vscode from 'vscode';
import { clientCommands } from '#shared/commands.ts';
import type { Status } from '#shared/status.ts';
import { isDemo, type ServerState, type Situation, statusLook } from './statusLook.ts';

export interface StatusItem {
  /** The server's word. */
  hear(status: Status): void;
  serverIs(server: ServerState): void;
  situation(): Situation;
}

export function createStatusItem(context: vscode.ExtensionContext): StatusItem {
  const item = vscode.window.createStatusBarItem('gloss.status', vscode.StatusBarAlignment.Right, 100);
  let situation: Situation = { server: 'starting', trusted: vscode.workspace.isTrusted };
  const change = (part: Partial<Situation>): void => {
    const wasDemo = isDemo(situation);
    situation = { ...situation, ...part };
    if (isDemo(situation) !== wasDemo)
      void vscode.commands.executeCommand('setContext', 'gloss.demo', isDemo(situation));
    paint(item, situation);
  };
  item.name = 'Gloss';
  item.command = clientCommands.menu;
  paint(item, situation);
  item.show();
  context.subscriptions.push(
    item,
    vscode.workspace.onDidGrantWorkspaceTrust(() => change({ trusted: true })),
  );
  return {
    hear: (status) => change({ status }),
    // A server that starts anew has not said anything yet.
    serverIs: (server) => change(server === 'running' ? { server } : { server, status: undefined }),
    situation: () => situation,
  };
}

function paint(item: vscode.StatusBarItem, situation: Situation): void {
  const look = statusLook(situation, vscode.l10n);
  item.text = look.text;
  item.tooltip = look.tooltip;
  item.accessibilityInformation = { label: look.label };
  item.backgroundColor = look.isError ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
}
