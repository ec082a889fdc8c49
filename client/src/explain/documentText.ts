/** An explanation as the text of a document: a heading, the turns, and below each what it cost. Pure. */
import { type Cite, type CiteWords, citeBy } from '#shared/citations.ts';
import { createSafeMarkdown, safeMarkdown } from '#shared/markdown.ts';
import type { Words } from '../words.ts';
import { composed, escaped } from './body.ts';
import { answerLabel, notesOf } from './labels.ts';
import { isOpen, shownCitations, shownText, type Turn } from './turns.ts';

export interface DocumentParts {
  readonly title: string;
  /** The document that is explained. */
  readonly uri: string;
  readonly words: Words;
  readonly citeWords: CiteWords;
}

/**
 * Markdown in which nothing of a model's text loads, opens or runs (threats S20); the only links are those to lines
 * that were checked. While the text grows only what is new costs anything.
 */
export function createDocumentText({
  title,
  uri,
  words,
  citeWords,
}: DocumentParts): (turns: readonly Turn[]) => string {
  let cite: Cite = () => undefined;
  const growing = createSafeMarkdown((number) => cite(number));
  const turnText = (turn: Turn): string => {
    cite = citeBy(shownCitations(turn), uri, citeWords);
    const safe = isOpen(turn) ? growing : (text: string) => safeMarkdown(text, cite);
    const cutNote = words.t('The text is too long to be shown whole here. Copy as Markdown has all of it.');
    const below = isOpen(turn) ? words.t('writing …') : answerLabel(turn, words);
    const parts = [
      turn.question === undefined ? '' : `> ${escaped(turn.question)}`,
      composed({ text: shownText(turn), notes: notesOf(turn, words) }, safe, cutNote),
      below === '' ? '' : `*${escaped(below)}*`,
    ];
    return parts.filter((part) => part !== '').join('\n\n');
  };
  return (turns) => `${[`# ${escaped(title)}`, ...turns.map(turnText)].join('\n\n')}\n`;
}

/** What the document is called: plain, without what cannot be in a file's name. */
export function fileNameOf(title: string): string {
  const plain = title.replaceAll(/[\p{Cc}\p{Cf}\\/:*?"<>|#%]+/gu, ' ').trim();
  return `${plain.slice(0, 100).toWellFormed()}.md`;
}
