/** New text made to fit the place that was found for the old one: without numbers and escapes, at the right depth, as whole lines. */
import { createAligning } from './alignment.ts';
import { isNumbered, unescaped, withoutNumber } from './copied.ts';
import type { FoundPlace } from './foundPlace.ts';
import { createLineCutter } from './growing.ts';
import { reindented } from './indentation.ts';
import { contentOf, finalEndOf, isBlank, wholeLinesOf } from './wholeLines.ts';

export interface Adapting {
  /** Takes the next piece of the new text, cut anywhere; gives what fits so far, by whole lines where the place is lines. */
  push(piece: string): string;
  /** The new text is complete; gives the rest of it. */
  end(): string;
}

/**
 * The new text as it is to stand at a place. A line that was looked for and is in the new text as well becomes the
 * text's own; others get the place's indentation. Line ends within it stay as they are.
 */
export function adapted(newText: string, place: FoundPlace): string {
  const adapting = createAdapting(place);
  return adapting.push(newText) + adapting.end();
}

/** The same for a text that comes in pieces: joined, what it gives is what `adapted` gives. */
export function createAdapting(place: FoundPlace): Adapting {
  const { taken, rest } = createLineCutter();
  const adapt = createLineAdapting(place);
  const blanks = createBlankCutter(place);
  const out = createEnding(place);
  return {
    push: (piece) => out.add(taken(piece).flatMap(adapt).flatMap(blanks.add).join('')),
    end() {
      const last = rest();
      const lines = (last === '' ? [] : adapt(last)).flatMap(blanks.add);
      return out.add([...lines, ...blanks.end()].join('')) + out.end();
    },
  };
}

/** From a line of the new text to those that it is. */
function createLineAdapting({ numbers, escapes, indent, pairs }: FoundPlace): (line: string) => readonly string[] {
  const align = createAligning(pairs.map(([wanted]) => wanted));
  let hasNumbers: boolean | undefined;
  const own = (line: string): string => {
    const content = contentOf(line);
    const at = align(content);
    const fitting = indent === undefined ? content : reindented(content, indent);
    return (pairs[at ?? -1]?.[1] ?? fitting) + finalEndOf(line);
  };
  return (line) => {
    if (numbers !== undefined) hasNumbers ??= isNumbered(contentOf(line), numbers);
    const unnumbered =
      numbers !== undefined && hasNumbers ? withoutNumber(contentOf(line), numbers) + finalEndOf(line) : line;
    return wholeLinesOf(escapes === undefined ? unnumbered : unescaped(unnumbered, escapes)).map(own);
  };
}

/** Takes away as many blank lines above and below as what was looked for had too many. */
function createBlankCutter({ blankAbove, blankBelow }: FoundPlace): {
  add(line: string): readonly string[];
  end(): readonly string[];
} {
  let above = blankAbove;
  let held: readonly string[] = [];
  return {
    add(line) {
      if (isBlank(line) && above > 0) {
        above--;
        return [];
      }
      above = 0;
      held = [...held, line];
      if (isBlank(line) && blankBelow > 0) return [];
      const lines = held;
      held = [];
      return lines;
    },
    end: () => held.slice(0, Math.max(0, held.length - blankBelow)),
  };
}

/** Sees to the line end of the last line. Where that may have to go, it waits for what comes after it. */
function createEnding({ ending, lineEnd }: FoundPlace): { add(text: string): string; end(): string } {
  let [held, last] = ['', ''];
  return {
    add(text) {
      if (text === '') return '';
      const whole = held + text;
      held = ending === 'drop' ? finalEndOf(whole) : '';
      last = whole;
      return held === '' ? whole : contentOf(whole);
    },
    end() {
      if (ending === 'appendAlways' || (ending === 'append' && last !== '')) return lineEnd;
      return ending === 'ensure' && last !== '' && finalEndOf(last) === '' ? lineEnd : '';
    },
  };
}
