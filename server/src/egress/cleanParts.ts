/** Knows a text for clean by its parts, so that of a text that changes with each key only what is new is looked at. */
import { isPacking } from './decodings.ts';

/** Code units of a part, which ends with a line: more than a secret in the lines of code has. */
const least = 800;
/** Pairs of parts that are remembered. */
const most = 64;
/** Shorter texts are looked at as they are. */
const worthIt = 3 * least;

export interface CleanParts {
  /** Nothing is in it that is replaced. False for what is not, and where only the whole text can tell. */
  isClean(text: string): boolean;
  forget(): void;
}

/**
 * Each part is looked at together with the next one: what is shorter than a part is whole in one of the pairs. What may
 * be longer makes it a matter of the whole text: the armour of keys, and whatever is packed or wrapped.
 * @param isCleanWhole looks at a text anew.
 */
export function createCleanParts(isCleanWhole: (text: string) => boolean): CleanParts {
  const known = new Map<string, boolean>();
  const isPairClean = (pair: string): boolean => {
    const clean = known.get(pair) ?? (!isPacking(pair) && isCleanWhole(pair));
    known.delete(pair);
    known.set(pair, clean);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return clean;
  };
  return {
    isClean(text) {
      if (text.length < worthIt || isLong.test(text)) return false;
      const parts = partsOf(text);
      return parts.length > 2 && parts.slice(1).every((part, index) => isPairClean((parts[index] ?? '') + part));
    },
    forget: () => known.clear(),
  };
}

/** The armour of a key; runs that may be wrapped or encoded keys. */
const isLong = /PRIVATE KEY|[A-Za-z0-9+/_=-]{60}|(?:%[0-9A-Fa-f]{2}){8}|(?:\\[ux][0-9A-Fa-f]{2}){4}|(?:&#\w{2,8};){4}/;

/** Cut where the text itself says so, such that an edit moves no other cut. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let [from, at] = [0, 0];
  while (at < text.length) {
    const end = text.indexOf('\n', at) + 1 || text.length;
    if (end - from >= least && isCut(text, at, end)) {
      parts.push(text.slice(from, end));
      from = end;
    }
    at = end;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** One line in four. */
function isCut(text: string, start: number, end: number): boolean {
  let sum = 0;
  for (let at = start; at < end; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return ((sum ^ (sum >>> 15)) & 3) === 0;
}
