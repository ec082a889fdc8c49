/** The only place that makes Markdown for the editor: not trusted, no HTML, and a model's text made inert first (threats S20). */
import * as vscode from 'vscode';
import { createSafeMarkdown, safeMarkdown } from '#shared/markdown.ts';
import { type Body, composed } from './explain/body.ts';

/** Makes Markdown of a model's text and our notes. While the text grows only what is new costs anything. */
export function createMarkdown(): (body: Body, isGrowing: boolean) => vscode.MarkdownString {
  const growing = createSafeMarkdown();
  return (body, isGrowing) => {
    const cutNote = vscode.l10n.t('The text is too long to be shown whole here. Copy as Markdown has all of it.');
    const safe = isGrowing ? (text: string) => `${growing(text)}\n\n…` : safeMarkdown;
    const markdown = new vscode.MarkdownString(composed(body, safe, cutNote), false);
    markdown.isTrusted = false;
    markdown.supportHtml = false;
    return markdown;
  };
}

/** A model's text as Markdown source for the clipboard: as inert as on the screen. */
export function inertSource(text: string): string {
  return safeMarkdown(text);
}
