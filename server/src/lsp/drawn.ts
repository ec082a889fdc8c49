/** A stored answer as any editor may render it: by the one safe builder, citations drawn. */
import { type Citation, marks } from '#shared/citations.ts';
import { safeMarkdown } from '#shared/markdown.ts';

export function drawn(markdown: string, _citations: readonly Citation[]): string {
  return safeMarkdown(markdown.replace(marks, ''));
}
