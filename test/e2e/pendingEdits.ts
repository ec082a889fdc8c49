/** Answers of the demo backend that edit, and what a person does with the edits by keys alone. */
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { Demo } from '../../server/src/demo/server.ts';
import type { Session } from './harness.ts';

export interface ScriptedEdit {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What the model writes: a place of a file is replaced. */
export function replacing(path: string, old_str: string, new_str: string): ScriptedEdit {
  return { name: 'str_replace_based_edit_tool', input: { command: 'str_replace', path, old_str, new_str } };
}

/** The next answers are these edits. */
export function play(demo: Demo, ...toolUses: readonly ScriptedEdit[]): void {
  demo.use({ delay: 1, pieceSize: 200, toolUses });
}

/** The next answer stops right after `until` has come, and goes on when what is returned is called. */
export function playUntil(demo: Demo, until: string, edit: ScriptedEdit): () => void {
  const { promise: hold, resolve } = Promise.withResolvers<void>();
  const text = JSON.stringify(edit.input);
  const inside = JSON.stringify(until).slice(1, -1);
  const pieceSize = text.lastIndexOf(inside) + inside.length;
  demo.use({ delay: 1, pieceSize, hold, toolUses: [edit] });
  return resolve;
}

export interface PendingEdits {
  /** Two keys, one after the other. */
  chord(second: string): Promise<void>;
  /** To the next or previous edit: a command's first use in a window takes longer than the next key. */
  go(second: 'j' | 'k'): Promise<void>;
  /** Edit with Instruction, by keys. */
  instruct(instruction: string): Promise<void>;
  /** The line of lenses with these words. */
  lens(words: string | RegExp): Locator;
  /** How many painted lines of the active editor are marked as pending. */
  decorated(): Promise<number>;
  /** The number on the icon of the list, or nothing. */
  badge(): Promise<string>;
  /** Waits until so many hunks of the active editor can be accepted. */
  hunks(count: number): Promise<void>;
  /** Saves, and waits until that is done. */
  save(): Promise<void>;
}

export function pendingEdits(window: Session): PendingEdits {
  const { page } = window;
  const chord = async (second: string): Promise<void> => {
    await page.keyboard.press('Control+K');
    await page.keyboard.press(second);
  };
  const decorated = () => window.editor.locator('.view-overlays [class*="ced-"]').count();
  return {
    chord,
    async go(second) {
      // What the last one said goes away by itself.
      const told = page.locator('.statusbar-item').filter({ hasText: /^Pending edit/ });
      await told.waitFor({ state: 'detached' });
      await chord(second);
      await told.waitFor();
    },
    async instruct(instruction) {
      await chord('h');
      const box = window.quickInput.filter({ hasText: 'Edit with Instruction' });
      await box.waitFor();
      await box.locator('input').first().fill(instruction);
      await box.locator('.monaco-list-row').filter({ hasText: 'Enter to edit' }).waitFor();
      await page.keyboard.press('Enter');
      await box.waitFor({ state: 'hidden' });
    },
    lens: (words) => window.editor.locator('.codelens-decoration').filter({ hasText: words }),
    decorated,
    badge: async () => {
      const icons = page.locator('.activitybar .action-item').filter({ has: page.locator('[aria-label*="Gloss"]') });
      return (await icons.locator('.badge-content').allTextContents()).join('');
    },
    async hunks(count) {
      await expect.poll(() => window.codeLens(/^Accept$/).count()).toBe(count);
      // Lenses are gone for a moment whenever they are drawn again; the marked lines are not.
      if (count === 0) await expect.poll(decorated).toBe(0);
    },
    async save() {
      await page.keyboard.press('Control+S');
      await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    },
  };
}
