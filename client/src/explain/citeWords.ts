/** The words of citations in the person's language. */
import type { CiteWords } from '#shared/citations.ts';
import type { Words } from '../words.ts';

export function citeWords(words: Words): CiteWords {
  return {
    lines: (first, last) => (first === last ? words.t('line {0}', first) : words.t('lines {0}–{1}', first, last)),
    elsewhere: (file, lines) => words.t('{0}, {1}', file, lines),
    changed: (lines) => words.t('{0}, changed since', lines),
    unverified: words.t('not verified'),
  };
}
