/** Where VS Code finds the panel: its view and its tabs. All else is loaded when one of them is shown. */
import * as vscode from 'vscode';
import type { World } from '../world.ts';

export const panelView = 'gloss.chat';
/** The type of an editor tab with the same page. */
export const panelTab = 'gloss.chatTab';

export function registerPanel({ context, panel }: Pick<World, 'context' | 'panel'>): void {
  context.subscriptions.push(
    vscode.window.registerWebviewViewProvider(panelView, {
      resolveWebviewView: async (view) => (await panel()).showIn(view),
    }),
    vscode.window.registerWebviewPanelSerializer(panelTab, {
      deserializeWebviewPanel: async (tab, state: unknown) => (await panel()).restore(tab, state),
    }),
  );
}
