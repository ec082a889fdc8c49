/**
 * Citations: a statement of an explanation and the lines that it speaks of, checked by the server. In the text a mark
 * stands where the statement ends; whoever builds Markdown draws it.
 */
import * as z from 'zod';
import { Uri } from './place.ts';

export const Citation = z.strictObject({
  /** Of its mark, counted from 1. */
  number: z.int().min(1),
  uri: Uri,
  /** Zero-based, in the document as it is now. */
  firstLine: z.int().min(0),
  lastLine: z.int().min(0),
  /**
   * `verified`: the lines are there and read as the model quoted them; `changed`: they did, and somebody changed them
   * since; `unverified`: they never did. Only the first is ever shown as a link.
   */
  state: z.enum(['verified', 'changed', 'unverified']),
});
export type Citation = z.infer<typeof Citation>;

/** What stands in a text for a citation. A model's own use of these brackets is taken away before (`withoutMarks`). */
export function markOf(number: number): string {
  return `⟦${number}⟧`;
}

/** Every mark, with its number as the first group. */
export const marks = /⟦(\d{1,6})⟧/g;

/** A model's text that cannot be taken for one with marks: its own brackets of this kind become plain ones. */
export function withoutMarks(text: string): string {
  return text.replaceAll('⟦', '[[').replaceAll('⟧', ']]');
}

/** How a mark is drawn: as text, linked where there is a `url`. Undefined: the mark goes. */
export type Cite = (number: number) => { readonly text: string; readonly url?: string } | undefined;

/** What is said of a citation. Each is plain text. */
export interface CiteWords {
  /** Lines as a person counts them: `line 12`, `lines 12–15`. */
  lines(first: number, last: number): string;
  /** Lines of another file: `cart.ts, line 12`. */
  elsewhere(file: string, lines: string): string;
  /** The lines read differently by now. */
  changed(lines: string): string;
  readonly unverified: string;
}

export const englishCitations: CiteWords = {
  lines: (first, last) => (first === last ? `line ${first}` : `lines ${first}–${last}`),
  elsewhere: (file, lines) => `${file}, ${lines}`,
  changed: (lines) => `${lines}, changed since`,
  unverified: 'not verified',
};

/**
 * Draws the citations of an explanation of the document `uri`: links to what is verified, plain text for the rest.
 * The only place that makes links (threats S20): from a checked place, never from a model's words.
 */
export function citeBy(citations: Iterable<Citation>, uri: string, words: CiteWords = englishCitations): Cite {
  const byNumber = new Map([...citations].map((citation) => [citation.number, citation]));
  return (number) => {
    const citation = byNumber.get(number);
    if (citation === undefined) return undefined;
    if (citation.state === 'unverified') return { text: `(${words.unverified})` };
    const text = placeOf(citation, uri, words);
    if (citation.state === 'changed') return { text: `(${words.changed(text)})` };
    const url = linkTo(citation);
    return url === undefined ? { text: `(${text})` } : { text, url };
  };
}

/** The text with its marks as plain words, for places that have no links; without words the marks go. */
export function plainCitations(text: string, cite: Cite = () => undefined): string {
  return text.replace(spacedMarks, (_mark, number: string) => {
    const drawn = cite(Number(number));
    if (drawn === undefined) return '';
    return drawn.url === undefined ? ` ${drawn.text}` : ` (${drawn.text})`;
  });
}

/** A mark with the blank before it, which goes with it. */
export const spacedMarks = / ?⟦(\d{1,6})⟧/g;

function placeOf({ uri, firstLine, lastLine }: Citation, own: string, words: CiteWords): string {
  const lines = words.lines(firstLine + 1, lastLine + 1);
  if (uri === own) return lines;
  const file = decoded(uri.slice(uri.lastIndexOf('/') + 1));
  // A file's name is data: one that could mean something to a renderer is not said.
  return harmlessName.test(file) && !/^www\./i.test(file) ? words.elsewhere(file, lines) : words.elsewhere('…', lines);
}

const harmlessName = /^[\p{L}\p{N}._-][\p{L}\p{N} ._+-]{0,80}$/u;

/** Schemes under which editors open documents, and nothing else. */
const schemes = /^(?:file|untitled|vscode-remote|vscode-vfs|vscode-test-web|memfs|vsls):/;

/** The document's URI with the lines as its fragment; undefined where that would be no place in a document. */
export function linkTo({ uri, firstLine, lastLine, state }: Citation): string | undefined {
  if (state !== 'verified' || !schemes.test(uri)) return undefined;
  const lines = firstLine === lastLine ? `L${firstLine + 1}` : `L${firstLine + 1}-L${lastLine + 1}`;
  return `${encoded(uri.replace(/#.*$/s, ''))}#${lines}`;
}

/** Only characters that no renderer gives a meaning; `%` stays where it encodes already. */
function encoded(uri: string): string {
  return uri
    .toWellFormed()
    .replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._/:%?=+,;@]/gu, (character) =>
      character.length === 1 && character < '\u0080'
        ? `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
        : encodeURIComponent(character),
    );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A stray percent sign: the name is shown as it is.
    return name;
  }
}
