/** When a page is told what happened in its chat: joined, at most once each 33 ms, and the next time after it has drawn. Pure. */
import type { ChatChange } from '#shared/panel.ts';
import type { HostMessage } from '#shared/panelHost.ts';
import { createJoined } from './joined.ts';

/** Milliseconds between two posts: at most 30 a second (threats R14). */
export const shortestGap = 34;
/** What waits at most for a page that is slow. */
export const room = { changes: 256, size: 4_000_000 };

export type Told = Extract<HostMessage, { readonly is: 'told' }>;

export interface PaceParts {
  post(message: Told): void;
  /** Milliseconds, never going back. */
  now(): number;
  /** Calls back later; returns what undoes it. */
  later(run: () => void, delay: number): () => void;
}

export interface Pace {
  /** The page has opened this chat, with all that had happened up to `seq`. */
  open(chat: string, seq: number): void;
  /** The page looks at nothing any more, or is gone. */
  close(): void;
  /** Changes of a chat; those of others are not its business. */
  hear(chat: string, seq: number, changes: readonly ChatChange[]): void;
  /** The page has drawn what was told up to `n`. */
  drawn(n: number): void;
}

export function createPace({ post, now, later }: PaceParts): Pace {
  const joined = createJoined(room);
  let chat: string | undefined;
  let seq = 0;
  /** The page was told, or will be, to open the chat again: until then nothing else counts. */
  let isLost = false;
  let told = 0;
  let isDrawn = true;
  let last = Number.NEGATIVE_INFINITY;
  let undo: (() => void) | undefined;
  const forget = (): void => {
    joined.take();
    undo?.();
    undo = undefined;
  };
  const lose = (): void => {
    isLost = true;
    joined.take();
    joined.add([{ is: 'again' }]);
  };
  const request = (): void => {
    if (chat === undefined || undo !== undefined || joined.isEmpty() || !isDrawn) return;
    const wait = last + shortestGap - now();
    if (wait <= 0) tell(chat);
    else
      undo = later(() => {
        undo = undefined;
        request();
      }, wait);
  };
  const tell = (which: string): void => {
    told += 1;
    isDrawn = false;
    last = now();
    post({ is: 'told', n: told, chat: which, seq, changes: joined.take() });
  };
  return {
    open(which, at) {
      forget();
      chat = which;
      seq = at;
      isLost = false;
      isDrawn = true;
    },
    close() {
      forget();
      chat = undefined;
    },
    hear(which, at, changes) {
      if (which !== chat || isLost || at <= seq) return;
      const isNext = at === seq + 1;
      seq = at;
      if (!isNext || !joined.add(changes)) lose();
      request();
    },
    drawn(n) {
      if (n !== told) return;
      isDrawn = true;
      request();
    },
  };
}
