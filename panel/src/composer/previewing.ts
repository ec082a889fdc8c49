/** What would go along with a question and what it would cost, asked for while it is written. No drawing. */

import type * as z from 'zod';
import { chatPreviewRequest } from '#shared/panelRequests.ts';
import type { Host } from '../host.ts';
import { createWatchers } from '../watched.ts';
import type { Written } from './drafts.ts';

export type Preview = z.infer<typeof chatPreviewRequest.result>;

export interface Previewing {
  /** Of the draft as it is or was a moment ago; undefined where nothing is written. */
  preview(): Preview | undefined;
  look(chat: string, written: Written, selection: string | undefined): void;
  watch(listener: () => void): () => void;
}

/** Milliseconds without a change before it is asked. */
const pause = 300;

export function createPreviewing(host: Pick<Host, 'ask'>): Previewing {
  const watchers = createWatchers();
  let preview: Preview | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  let last = '';
  const show = (next: Preview | undefined): void => {
    if (preview === next) return;
    preview = next;
    watchers.tell();
  };
  return {
    preview: () => preview,
    watch: watchers.watch,
    look(chat, { text, media, selection: isOn }, selection) {
      const now = JSON.stringify([chat, text, media.map(({ name, base64 }) => [name, base64.length]), isOn, selection]);
      if (now === last) return;
      last = now;
      asked += 1;
      clearTimeout(timer);
      if (text.trim() === '' && media.length === 0) return show(undefined);
      const mine = asked;
      const draft = { text, media: [...media], selection: isOn };
      timer = setTimeout(() => {
        host.ask(chatPreviewRequest, { chat, draft, open: false }).then(
          (answer) => {
            if (mine === asked) show(answer);
          },
          // It is told when it is sent.
          () => {
            if (mine === asked) show(undefined);
          },
        );
      }, pause);
    },
  };
}
