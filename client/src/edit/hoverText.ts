/** What a hover over a pending hunk shows, as Markdown: what was there before, and what is to be known about it. */
import type { Hunk } from '#shared/edits.ts';
import { revealInvisible } from '#shared/invisible.ts';
import { escaped } from '../explain/body.ts';
import type { Words } from '../words.ts';
import { countLines } from './hunkLines.ts';

export interface HoverParts {
  readonly languageId: string;
  /** What the model said besides the edit: Markdown, made harmless by `safe`. */
  readonly said: string;
  readonly notes: readonly string[];
  safe(markdown: string): string;
  readonly words: Words;
}

/** Lines of the old text that are shown; Compare has all. */
const mostLines = 40;

export function hoverText(
  { title, before, warnings }: Hunk,
  { languageId, said, notes, safe, words }: HoverParts,
): string {
  const heading = `**${escaped(title)}**`;
  const lines = [...warnings, ...notes].map((note) => `- ${escaped(revealInvisible(note).text)}`);
  const parts = [heading, safe(said).trim(), lines.join('\n'), ...removedParts(before, languageId, words)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function removedParts(before: string, languageId: string, words: Words): readonly string[] {
  const count = countLines(before);
  if (count === 0) return [];
  const shown = before.split('\n').slice(0, mostLines).join('\n');
  const more = count > mostLines ? [escaped(words.t('{0} more lines: use Compare.', count - mostLines))] : [];
  return [escaped(words.t('Removed:')), codeBlock(shown, languageId), ...more];
}

/** A text as code that no line of it can end, with what hides in it written out. */
export function codeBlock(text: string, languageId: string): string {
  const shown = revealInvisible(text.replaceAll(/\r\n?/g, '\n')).text.replace(/\n$/, '');
  const fence = '`'.repeat((shown.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length + 1), 3));
  const language = /^[\w+#.-]{1,50}$/.test(languageId) ? languageId : '';
  return `${fence}${language}\n${shown}\n${fence}`;
}
