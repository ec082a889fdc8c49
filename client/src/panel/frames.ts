/** A view and an editor tab as frames of a page. */
import * as vscode from 'vscode';
import type { Frame } from './panel.ts';
import { panelTab, panelView } from './register.ts';

export function frameOfView(view: vscode.WebviewView): Frame {
  return {
    place: 'side',
    webview: view.webview,
    isVisible: () => view.visible,
    onVisible: view.onDidChangeVisibility,
    onGone: view.onDidDispose,
    show: () => view.show(false),
    // A view is called what it is: the page has the title of the chat.
    entitle() {},
  };
}

export function frameOfTab(panel: vscode.WebviewPanel, { extensionUri }: vscode.ExtensionContext): Frame {
  const icon = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
  panel.iconPath = { light: icon('tab-light.svg'), dark: icon('tab-dark.svg') };
  return {
    place: 'editor',
    webview: panel.webview,
    isVisible: () => panel.visible,
    onVisible: panel.onDidChangeViewState,
    onGone: panel.onDidDispose,
    show: () => panel.reveal(),
    entitle(title) {
      if (panel.title !== title) panel.title = title;
    },
  };
}

export function createTab(): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(panelTab, vscode.l10n.t('Chat'), vscode.ViewColumn.Active, {});
}

/** Opens the view where the person has put it, and gives it the keyboard. */
export async function focusView(): Promise<void> {
  await vscode.commands.executeCommand(`${panelView}.focus`);
}
