/** The instructions that were given, newest first, and what the box offers while the person types. */
import type { Words } from '../words.ts';
import { plainLine } from './plain.ts';

export const mostInstructions = 50;

/** With one more; the same again moves to the front. */
export function remembered(history: readonly string[], instruction: string): readonly string[] {
  return [instruction, ...history.filter((other) => other !== instruction)].slice(0, mostInstructions);
}

/** What was stored, as far as it can be read. */
export function historyFrom(stored: unknown): readonly string[] {
  if (!Array.isArray(stored)) return [];
  return stored
    .filter((entry): entry is string => typeof entry === 'string' && entry.trim() !== '')
    .slice(0, mostInstructions);
}

export type Choice =
  | { readonly kind: 'hint' }
  | { readonly kind: 'instruction'; readonly text: string }
  | { readonly kind: 'clear' };

export interface Offer {
  readonly label: string;
  readonly description?: string;
  /** Shown whatever is typed. */
  readonly alwaysShow: boolean;
  readonly choice: Choice;
}

/** First what is typed, then earlier instructions. With nothing typed, the first entry does nothing: Enter is harmless. */
export function offersFor(typed: string, history: readonly string[], words: Words): readonly Offer[] {
  const text = typed.trim();
  const first: Offer =
    text === ''
      ? {
          label: words.t('Type what should change, or choose an earlier instruction'),
          alwaysShow: true,
          choice: { kind: 'hint' },
        }
      : { label: text, description: words.t('Enter to edit'), alwaysShow: true, choice: { kind: 'instruction', text } };
  const earlier = history
    .filter((entry) => entry !== text)
    .map(
      (entry): Offer => ({
        label: plainLine(entry, 200),
        alwaysShow: false,
        choice: { kind: 'instruction', text: entry },
      }),
    );
  const clear: Offer = { label: words.t('$(trash) Clear History'), alwaysShow: false, choice: { kind: 'clear' } };
  return [first, ...earlier, ...(history.length > 0 ? [clear] : [])];
}
