/** One page of the panel in its webview: what it loads, what it is told and when, and what is kept until it can hear. */
import * as vscode from 'vscode';
import type { HostMessage } from '#shared/panelHost.ts';
import { later } from '../edit/throttle.ts';
import { Failed } from '../failed.ts';
import type { World } from '../world.ts';
import { createLooking } from './looking.ts';
import { pageHtml } from './page.ts';
import type { Frame, Page } from './panel.ts';
import { createRelay, type Deed } from './relay.ts';

export interface PageParts {
  readonly world: Pick<World, 'context' | 'ask' | 'log'>;
  readonly frame: Frame;
  /** The chat that a tab came with. */
  readonly chat: string | undefined;
  deeds(page: Page): readonly Deed[];
  isLookedAt(chat: string, by: Page): boolean;
  /** Its chat, its state, whether it is seen or has the keyboard. */
  changed(page: Page): void;
  /** It can hear from now on. */
  began(page: Page): void;
  gone(page: Page): void;
}

export function createPage(parts: PageParts): Page {
  const { world, frame } = parts;
  let canHear = false;
  let hasFocus = false;
  let first = parts.chat;
  let held: HostMessage[] = [];
  const post = (message: HostMessage): void => void frame.webview.postMessage(message);
  const now = () => performance.now();
  const looking = createLooking({
    ...{ post, ask: world.ask, now, later },
    isLookedAt: (chat) => parts.isLookedAt(chat, page),
    changed() {
      first = looking.chat() ?? first;
      parts.changed(page);
    },
  });
  const page: Page = {
    ...{ frame, looking },
    chat: () => looking.chat() ?? first,
    state: looking.state,
    hasFocus: () => hasFocus,
    send(message) {
      if (canHear) post(message);
      else held = [...held, message].slice(-mostHeld);
    },
    tell: (message) => (canHear ? post(message) : undefined),
  };
  const relay = createRelay({
    ...{ looking, post, ask: world.ask, now },
    deeds: parts.deeds(page),
    words: vscode.l10n,
    log: (message) => world.log.warn(message),
    toFailed: (error) => toFailedIn(world, error),
    ready() {
      canHear = true;
      parts.began(page);
      for (const message of held) post(message);
      held = [];
    },
    focused(has) {
      hasFocus = has;
      parts.changed(page);
    },
  });
  const leave = (): void => {
    canHear = false;
    hasFocus = false;
    relay.leave();
  };
  frame.webview.onDidReceiveMessage((message: unknown) => relay.receive(message));
  frame.onVisible(() => {
    // A page that is not seen is not there: it begins anew when it is seen again.
    if (frame.isVisible()) parts.changed(page);
    else leave();
  });
  frame.onGone(() => {
    leave();
    parts.gone(page);
  });
  load(world.context, frame.webview);
  return page;
}

/** Commands that nobody could hear yet. */
const mostHeld = 50;

function load({ extensionUri }: vscode.ExtensionContext, webview: vscode.Webview): void {
  const folder = vscode.Uri.joinPath(extensionUri, 'dist');
  const address = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [folder] };
  webview.html = pageHtml({
    script: address('panel.mjs'),
    style: address('panel.css'),
    source: webview.cspSource,
    nonce: crypto.randomUUID(),
    language: vscode.env.language,
    title: vscode.l10n.t('Chat'),
  });
}

function toFailedIn({ log }: Pick<World, 'log'>, error: unknown): Failed {
  if (error instanceof Failed) return error;
  log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const message = vscode.l10n.t('Something went wrong inside Gloss. The log has the details; trying again may help.');
  return new Failed(message, 'bug', ['showLog']);
}
