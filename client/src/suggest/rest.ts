/** Until when suggestions rest, in words. Pure. */
import type { Words } from '../words.ts';

/** A rest that is longer than this is one until the editor starts again. */
const longestTold = 24 * 60 * 60_000;

/** Undefined when the rest is over. */
export function restSentence(until: Date, now: Date, words: Words): string | undefined {
  const left = until.getTime() - now.getTime();
  if (!(left > 0)) return undefined;
  if (left > longestTold) return words.t('Suggestions rest until VS Code starts again.');
  const time = [until.getHours(), until.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
  return words.t('Suggestions rest until {0}.', time);
}
