/** What a person does in the document of a chat in a VS Code window: write, click a lens, look at its end. */
import { expect } from 'vitest';
import type { Session } from './harness.ts';

export interface ChatDocument {
  /** Clicks the last lens of this title, until the end of the document, or something else, is so. */
  click(lens: RegExp, until: RegExp | (() => Promise<boolean>)): Promise<void>;
  shows(text: RegExp): Promise<void>;
  write(text: string): Promise<void>;
}

/** Of the window's first group of editors. */
export function chatDocument(window: () => Session): ChatDocument {
  /** Only what is on the screen is painted: the end of the document is. */
  const end = async (): Promise<string> => {
    await window().page.keyboard.press('Control+1');
    await window().page.keyboard.press('Control+End');
    return window().text();
  };
  return {
    // Lenses are drawn anew while a document changes: a click that has met none is made once more, but not while one may
    // still work.
    async click(lens, until) {
      let patience = 0;
      const act = async () => {
        const text = await end();
        if (until instanceof RegExp ? until.test(text) : await until()) return true;
        if (patience-- > 0) return false;
        const found = window().codeLens(lens).last();
        const isClicked =
          (await found.isVisible()) &&
          (await found.click({ timeout: 1_000 }).then(
            () => true,
            () => false,
          ));
        if (isClicked) patience = 10;
        return false;
      };
      await expect.poll(act, { timeout: 30_000, interval: 500 }).toBe(true);
    },
    shows: (text) => expect.poll(end, { timeout: 30_000 }).toMatch(text),
    async write(text) {
      await end();
      await window().page.keyboard.type(text);
    },
  };
}
