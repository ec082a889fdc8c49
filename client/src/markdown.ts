/** The only place that makes Markdown for the editor: not trusted, no HTML, and a model's text made inert first (threats S20). */
import * as vscode from 'vscode';
import type { Hunk } from '#shared/edits.ts';
import { createSafeMarkdown, safeMarkdown } from '#shared/markdown.ts';
import { type HoverParts, hoverText } from './edit/hoverText.ts';
import { type Body, composed } from './explain/body.ts';

/** Makes Markdown of a model's text and our notes. While the text grows only what is new costs anything. */
export function createMarkdown(): (body: Body, isGrowing: boolean) => vscode.MarkdownString {
  const growing = createSafeMarkdown();
  return (body, isGrowing) => {
    const cutNote = vscode.l10n.t('The text is too long to be shown whole here. Copy as Markdown has all of it.');
    const safe = isGrowing ? (text: string) => `${growing(text)}\n\n…` : safeMarkdown;
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

/** A model's text as Markdown source for the clipboard: as inert as on the screen. */
export function inertSource(text: string): string {
  return safeMarkdown(text);
}
