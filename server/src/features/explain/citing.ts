/** Puts the marks of citations into an answer while it comes. */
import { type Citation, markOf, withoutMarks } from '#shared/citations.ts';
import type { Hearing } from '../../ports.ts';
import { createCodeState } from './codeState.ts';

export interface Citing extends Required<Pick<Hearing, 'text' | 'textEnd'>> {
  /** No more comes: what waited for a place is put at the end. */
  end(): void;
  /** All that was emitted. */
  whole(): string;
}

/**
 * @param numbered what a block of text cites.
 * @param emit hears each piece at once, with the citations whose marks are in it.
 */
export function createCiting(
  numbered: (citations: readonly unknown[]) => readonly Citation[],
  emit: (text: string, citations: readonly Citation[]) => void,
): Citing {
  const state = createCodeState();
  let whole = '';
  /** White space at the end: a mark stands before it. */
  let held = '';
  /** Their marks would be inside of code. */
  let waiting: readonly Citation[] = [];
  const say = (text: string, citations: readonly Citation[] = []): void => {
    if (text === '') return;
    whole += text;
    state.add(text);
    emit(text, citations);
  };
  /** Code has ended: its citations get a paragraph behind it. */
  const sayWaiting = (): void => {
    if (waiting.length === 0 || !state.isAtStart()) return;
    say(`${marksOf(waiting)}\n\n`, waiting);
    waiting = [];
  };
  return {
    text(text) {
      const all = held + withoutMarks(text);
      const said = all.trimEnd();
      held = all.slice(said.length);
      if (said === '') return;
      const blank = waiting.length === 0 ? 0 : said.length - said.trimStart().length;
      say(said.slice(0, blank));
      sayWaiting();
      say(said.slice(blank));
    },
    textEnd(citations) {
      waiting = [...waiting, ...numbered(citations)];
      if (waiting.length === 0 || state.isInside()) return;
      say(`${whole === '' ? '' : ' '}${marksOf(waiting)}`, waiting);
      waiting = [];
    },
    end() {
      // Behind the mark that ends a fence; in a fence that stays open there is no place.
      if (waiting.length > 0) say('\n\n');
      sayWaiting();
    },
    whole: () => whole,
  };
}

function marksOf(citations: readonly Citation[]): string {
  return [...new Set(citations.map(({ number }) => markOf(number)))].join(' ');
}
