/** What the panel and its pages are for the rest of the extension. */
import type * as vscode from 'vscode';
import type * as z from 'zod';
import type { PanelState } from '#shared/panel.ts';
import type { HostMessage } from '#shared/panelHost.ts';
import type { chatChanged } from '#shared/panelRequests.ts';
import type { Looking } from './looking.ts';
import type { ChatStates } from './waiting.ts';

export interface Panel {
  showIn(view: vscode.WebviewView): void;
  restore(tab: vscode.WebviewPanel, state: unknown): void;
  hear(told: z.infer<typeof chatChanged.params>): void;
  hearStates(chats: ChatStates): void;
  /** The view, opened with the keyboard in it. */
  openSide(): Promise<Page>;
  /** A tab with a chat, or with a new one. */
  openTab(chat: string | undefined): Page;
  /** The page that the person sees and was in last. */
  current(): Page | undefined;
  /** The same, or the view, with the keyboard in it. */
  reach(): Promise<Page>;
}

/** What a view and a tab have in common. */
export interface Frame {
  readonly place: 'side' | 'editor';
  readonly webview: vscode.Webview;
  isVisible(): boolean;
  readonly onVisible: vscode.Event<unknown>;
  readonly onGone: vscode.Event<void>;
  /** Brings it to the front, with the keyboard in it. */
  show(): void;
  /** Of a tab: what it is called. */
  entitle(title: string): void;
}

export interface Page {
  readonly frame: Frame;
  readonly looking: Looking;
  /** The chat that it is to begin with; then that which it shows. */
  chat(): string | undefined;
  state(): PanelState | undefined;
  hasFocus(): boolean;
  /** Told once the page can hear it. */
  send(message: HostMessage): void;
  /** Told only if the page can hear it now: it is told the newest when it begins. */
  tell(message: HostMessage): void;
}
