/** Reads an answer while it comes: as soon as the line or the block is there, the rest is not waited for. Pure. */
import type { Asked, Filtered } from './filters/index.ts';

export interface Reading {
  /** Takes the next piece. @returns what is to be shown, when no more is needed for it. */
  hear(piece: string): Filtered | undefined;
  /** The answer has ended; `isCut`: it was longer than it may be. */
  end(isCut: boolean): Filtered;
  readonly length: number;
}

/** Code units, and pieces with a line end in them: what is longer is no answer to what was asked (threats S40). */
const most = { characters: 16_000, looks: 200 } as const;

export function createReading(filters: (answer: string, asked: Asked) => Filtered, asked: Asked): Reading {
  let text = '';
  let looks = 0;
  const end = (isCut: boolean): Filtered => {
    if (text.replace(/<\/?fill>/g, '').trim() === '') return { text: undefined, by: [] };
    // The last line is not whole.
    const whole = isCut ? text.slice(0, Math.max(0, text.lastIndexOf('\n'))) : text;
    return filters(whole, asked);
  };
  return {
    get length() {
      return text.length;
    },
    hear(piece) {
      text += piece;
      if (text.length > most.characters) return end(true);
      if (!piece.includes('\n') || piece.trim() === '') return undefined;
      looks += 1;
      if (looks > most.looks) return end(true);
      const whole = text.slice(0, text.lastIndexOf('\n'));
      const filtered = filters(whole, asked);
      if (filtered.text === undefined) return undefined;
      if (asked.shape === 'line') return filtered;
      return filtered.by.includes('beyond the block') ? filtered : undefined;
    },
    end,
  };
}
