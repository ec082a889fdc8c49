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
  /** The workspace's first folder, as a URI: the preview of Markdown opens what is in it, by path, and no `file:` link. */
  readonly root: string | undefined;
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
  root,
}: DocumentParts): (turns: readonly Turn[]) => string {
  let cite: Cite = () => undefined;
  const growing = createSafeMarkdown((number) => cite(number));
  const turnText = (turn: Turn): string => {
    cite = withPaths(citeBy(shownCitations(turn), uri, citeWords), root);
    const safe = isOpen(turn) ? growing : (text: string) => safeMarkdown(text, cite);
    const cutNote = words.t('The text is too long to be shown whole here. Copy as Markdown has all of it.');
    // That no model runs is the last line of the demo's text, right above.
    const below = isOpen(turn) ? words.t('writing …') : answerLabel(turn, words, words.t('demo'));
    const parts = [
      turn.question === undefined ? '' : `> ${escaped(turn.question)}`,
      composed({ text: shownText(turn), notes: notesOf(turn, words) }, safe, cutNote),
      below === '' ? '' : `*${escaped(below)}*`,
    ];
    return parts.filter((part) => part !== '').join('\n\n');
  };
  return (turns) => `${[`# ${escaped(title)}`, ...turns.map(turnText)].join('\n\n')}\n`;
}

/** Draws links by their path in the folder; what is not in it becomes words. */
function withPaths(cite: Cite, root: string | undefined): Cite {
  return (number) => {
    const drawn = cite(number);
    if (drawn?.url === undefined) return drawn;
    return root !== undefined && drawn.url.startsWith(`${root}/`)
      ? { text: drawn.text, url: drawn.url.slice(root.length) }
      : { text: `(${drawn.text})` };
  };
}

/** What the document is called: plain, without what cannot be in a file's name. */
export function fileNameOf(title: string): string {
  const plain = title.replaceAll(/[\p{Cc}\p{Cf}\\/:*?"<>|#%]+/gu, ' ').trim();
  return `${plain.slice(0, 100).toWellFormed()}.md`;
}
