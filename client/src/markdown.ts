/** The only place that makes Markdown for the editor: not trusted, no HTML, and a model's text made inert first (threats S20). */
import * as vscode from 'vscode';
import { type Citation, citeBy, plainCitations } from '#shared/citations.ts';
import type { Hunk } from '#shared/edits.ts';
import { createSafeMarkdown, safeMarkdown } from '#shared/markdown.ts';
import { type HoverParts, hoverText } from './edit/hoverText.ts';
import { type Body, composed } from './explain/body.ts';
import { citeWords } from './explain/citeWords.ts';

/** Makes Markdown of a model's text about a document and our notes. While the text grows only what is new costs anything. */
export function createMarkdown(uri: string): (body: Body, isGrowing: boolean) => vscode.MarkdownString {
  const words = citeWords(vscode.l10n);
  let cite = citeBy([], uri, words);
  const growing = createSafeMarkdown((number) => cite(number));
  return (body, isGrowing) => {
    cite = citeBy(body.citations, uri, words);
    const cutNote = vscode.l10n.t('The text is too long to be shown whole here. Copy as Markdown has all of it.');
    const safe = (text: string) => (isGrowing ? `${growing(text)}\n\n…` : safeMarkdown(text, cite));
    return untrusted(composed(body, safe, cutNote));
  };
}

/** A pending hunk for its hover: the text that it took away, and what is to be known of it. */
export function hunkMarkdown(
  hunk: Hunk,
  parts: Pick<HoverParts, 'languageId' | 'said' | 'notes'>,
): vscode.MarkdownString {
  return untrusted(hoverText(hunk, { ...parts, safe: safeMarkdown, words: vscode.l10n }));
}

function untrusted(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text, false);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}

/** A model's text about a document as Markdown source for the clipboard: as inert as on the screen, citations as plain words. */
export function inertSource(uri: string): (text: string, citations: readonly Citation[]) => string {
  return (text, citations) => safeMarkdown(plainCitations(text, citeBy(citations, uri, citeWords(vscode.l10n))));
}
