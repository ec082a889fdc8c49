/** What is written in the composer, chat by chat, and what becomes of it. No drawing. */
import type { Welcome } from '#shared/panelHost.ts';
import type { Host } from '../host.ts';
import { createWatchers } from '../watched.ts';

/** It hears `add`, `focus`, `selection` and `sendKey` of the host itself. */
export interface ComposerModel {
  /** To be called whenever another chat is shown: its draft comes back. */
  show(chat: string): void;
  text(): string;
  /** In place of what is written, as an example to be changed: sends nothing. */
  fill(text: string): void;
  /** Writes an earlier question anew: what is sent then begins a branch at it. */
  edit(item: string, text: string): void;
  focus(): void;
  watch(listener: () => void): () => void;
}

export function createComposer(_host: Host, _welcome: Welcome): ComposerModel {
  const watchers = createWatchers();
  return {
    show: () => undefined,
    text: () => '',
    fill: () => undefined,
    edit: () => undefined,
    focus: () => undefined,
    watch: watchers.watch,
  };
}
