/** Suggestions for `@` and `/` while a question is written: asked for as it is typed, and late answers are dropped. No drawing. */
import { type ChatSuggestion, chatCompleteRequest } from '#shared/panelRequests.ts';
import type { Host } from '../host.ts';
import { createWatchers } from '../watched.ts';
import { accepted, type Change, type Word, wordAt } from './mentioned.ts';

export interface Completion {
  suggestions(): readonly ChatSuggestion[];
  /** Index of the one that Enter takes. */
  active(): number;
  /** The text or the cursor is another one. */
  look(chat: string, text: string, cursor: number): void;
  move(by: number): void;
  point(at: number): void;
  /** What becomes of the text with a suggestion. */
  take(text: string, at: number): Change | undefined;
  close(): void;
  watch(listener: () => void): () => void;
}

export function createCompletion(host: Pick<Host, 'ask'>): Completion {
  const watchers = createWatchers();
  let suggestions: readonly ChatSuggestion[] = [];
  let active = 0;
  let word: Word | undefined;
  /** Closed by the person: not before another word begins. */
  let closedAt: number | undefined;
  let asked = 0;
  const show = (found: readonly ChatSuggestion[]): void => {
    if (found.length === 0 && suggestions.length === 0) return;
    suggestions = found;
    active = 0;
    watchers.tell();
  };
  return {
    suggestions: () => suggestions,
    active: () => active,
    watch: watchers.watch,
    look(chat, text, cursor) {
      const before = word;
      word = wordAt(text, cursor);
      if (word?.start !== closedAt) closedAt = undefined;
      if (word !== undefined && before?.start === word.start && before.line === word.line) return;
      asked += 1;
      if (word === undefined || closedAt !== undefined) return show([]);
      const mine = asked;
      host.ask(chatCompleteRequest, { chat, line: word.line }).then(
        (answer) => {
          if (mine === asked) show(answer.suggestions);
        },
        // Without suggestions one writes by hand.
        () => {
          if (mine === asked) show([]);
        },
      );
    },
    move(by) {
      active = (active + by + suggestions.length) % Math.max(1, suggestions.length);
      watchers.tell();
    },
    point(at) {
      active = at;
      watchers.tell();
    },
    take(text, at) {
      const chosen = suggestions[at];
      if (chosen === undefined || word === undefined) return undefined;
      const change = accepted(text, word, chosen.insert);
      // A folder goes on; what is whole is not asked about again.
      closedAt = change.text === chosen.insert && /[/:]$/.test(chosen.insert) ? undefined : word.start;
      word = undefined;
      asked += 1;
      show([]);
      return change;
    },
    close() {
      closedAt = word?.start;
      asked += 1;
      show([]);
    },
  };
}
