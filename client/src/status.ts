/** The one status bar item: what the server is doing, how suggestions come, and a menu behind it. */
import * as vscode from 'vscode';
import { clientCommands } from '#shared/commands.ts';
import type { Status } from '#shared/status.ts';
import type { SuggestionsTold } from '#shared/suggestions.ts';
import { isDemo, type ServerState, type Situation, type Suggestions, statusLook } from './statusLook.ts';
import { modeIn, suggestionSection } from './suggest/suggestionSettings.ts';

export interface StatusItem {
  /** The server's word. */
  hear(status: Status): void;
  hearSuggestions(told: SuggestionsTold): void;
  serverIs(server: ServerState): void;
  situation(): Situation;
}

export function createStatusItem(context: vscode.ExtensionContext): StatusItem {
  const item = vscode.window.createStatusBarItem('gloss.status', vscode.StatusBarAlignment.Right, 100);
  let situation: Situation = { server: 'starting', trusted: vscode.workspace.isTrusted };
  let told: SuggestionsTold | undefined;
  const now = (): Situation =>
    // Settings are not read before there is somebody who could suggest.
    situation.status === undefined ? situation : { ...situation, suggestions: suggestionsNow(told) };
  const change = (part: Partial<Situation>): void => {
    const wasDemo = isDemo(situation);
    situation = { ...situation, ...part };
    if (isDemo(situation) !== wasDemo)
      void vscode.commands.executeCommand('setContext', 'gloss.demo', isDemo(situation));
    paint(item, now());
  };
  item.name = 'Gloss';
  item.command = clientCommands.menu;
  paint(item, situation);
  item.show();
  context.subscriptions.push(
    item,
    vscode.workspace.onDidGrantWorkspaceTrust(() => change({ trusted: true })),
    vscode.window.onDidChangeActiveTextEditor(() => paint(item, now())),
    // A document that is given another language is closed and opened.
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (document === vscode.window.activeTextEditor?.document) paint(item, now());
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(suggestionSection)) paint(item, now());
    }),
  );
  return {
    hear: (status) => change({ status }),
    hearSuggestions(news) {
      told = news;
      paint(item, now());
    },
    serverIs(server) {
      // A server that starts anew has not said anything yet.
      if (server !== 'running') told = undefined;
      change(server === 'running' ? { server } : { server, status: undefined });
    },
    situation: now,
  };
}

function suggestionsNow(told: SuggestionsTold | undefined): Suggestions {
  const document = vscode.window.activeTextEditor?.document;
  return {
    mode: modeIn(document),
    language: document?.languageId,
    restUntil: told?.snoozedUntil === undefined ? undefined : new Date(told.snoozedUntil),
    isLimited: told?.reason.why === 'limited' || told?.reason.why === 'budget',
  };
}

function paint(item: vscode.StatusBarItem, situation: Situation): void {
  const look = statusLook(situation, vscode.l10n);
  item.text = look.text;
  item.tooltip = look.tooltip;
  item.accessibilityInformation = { label: look.label };
  item.backgroundColor = look.isError ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
}
