/** What a person is shown before a file that runs or configures something is changed: all of it, and nothing of it hidden (threats S17). */
import type { Approval } from '#shared/edits.ts';
import { revealInvisible } from '#shared/invisible.ts';
import type { Words } from '../words.ts';

/**
 * A text in which everything is to be seen: hidden characters and odd blanks as `⟨U+202E⟩`, long runs of blanks and
 * of empty lines as their number. The sign that opens an escape is escaped itself: no two texts look the same, but for
 * their line ends.
 */
export function visible(text: string): string {
  const escaped = text.replaceAll('⟨', escapeOf).replaceAll('\r\n', '\n').replaceAll('\r', escapeOf);
  return revealInvisible(escaped)
    .text.replaceAll(/[^\S \t\n]/gu, escapeOf)
    .replaceAll(/ {60,}/g, (run) => `⟨${run.length} blanks⟩`)
    .replaceAll(/\t{20,}/g, (run) => `⟨${run.length} tabs⟩`)
    .replaceAll(/\n{20,}/g, (run) => `\n⟨${run.length - 1} empty lines⟩\n`);
}

/** The same on one line: a path cannot begin a new one. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll(/[\n\t]/g, escapeOf);
}

/** The question: what, where, why. */
export function questionFor(
  files: readonly Approval[],
  title: string,
  words: Words,
): { readonly message: string; readonly detail: string } {
  const what = visibleLine(title);
  const message =
    files.length === 1
      ? words.t('{0}: change a file that runs or configures something?', what)
      : words.t('{0}: change {1} files that run or configure something?', what, files.length);
  return { message, detail: files.map((file) => detailOf(file, words)).join('\n\n') };
}

function detailOf({ target, link, reasons, before, after }: Approval, words: Words): string {
  const path = `"${visibleLine(target)}"`;
  const ends = (text: string): boolean => text.includes('\r\n');
  return [
    before === '' ? words.t('New file: {0}', path) : words.t('File: {0}', path),
    ...(link === undefined ? [] : [words.t('Reached by the link: {0}', `"${visibleLine(link)}"`)]),
    ...reasons.map((reason) => `• ${visibleLine(reason)}`),
    ...(after === '' ? [words.t('• Nothing is left in it.')] : []),
    ...(before !== '' && ends(before) !== ends(after) ? [words.t('• Its line ends change.')] : []),
  ].join('\n');
}

function escapeOf(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
