/** What the editor shows of the panel outside of its pages: context keys for menus and keys, and the badge. */
import * as vscode from 'vscode';
import type { PanelState } from '#shared/panel.ts';

export interface Seen {
  readonly isVisible: boolean;
  readonly hasFocus: boolean;
  /** Of the chat in the page that the person is in. */
  readonly state: PanelState | undefined;
}

export interface ShownState {
  show(seen: Seen): void;
  /** So many chats wait for the person. */
  badge(view: vscode.WebviewView | undefined, count: number): void;
}

export function createShownState(): ShownState {
  const told = new Map<string, boolean>();
  const set = (key: string, value: boolean): void => {
    if ((told.get(key) ?? false) === value) return;
    told.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  return {
    show({ isVisible, hasFocus, state }) {
      set('gloss.chatVisible', isVisible);
      set('gloss.chatFocused', hasFocus);
      set('gloss.running', state?.running ?? false);
      set('gloss.waitingForApproval', (state?.approvals.length ?? 0) > 0);
    },
    badge(view, count) {
      if (view === undefined || (view.badge?.value ?? 0) === count) return;
      const tooltip =
        count === 1 ? vscode.l10n.t('A chat waits for you') : vscode.l10n.t('{0} chats wait for you', count);
      view.badge = count === 0 ? undefined : { value: count, tooltip };
    },
  };
}
