/** Whether something may be suggested at a place at all, before anything is asked. Pure. */
import type { Settings, SuggestionMode } from '#shared/settings.ts';
import type { Trust } from '../../ports.ts';
import { lineAfter, lineBefore } from './hole.ts';
import type { Why } from './limits.ts';
import type { Window } from './window.ts';

export interface Gate {
  readonly settings: Settings['suggestions'];
  readonly trust: Trust;
  readonly byHand: boolean;
  /** The editor shows its own list of names. */
  readonly isListOpen: boolean;
  readonly snoozedUntil: Date | undefined;
}

/** Code units of a line that somebody wrote. */
const longestLine = 2_000;

export interface Closed extends Why {
  /** What is known already may be shown. */
  readonly onlyAsking?: true;
}

/** Undefined when it may be asked. */
export function gateOf(
  window: Window,
  { settings, trust, byHand, snoozedUntil, isListOpen }: Gate,
): Closed | undefined {
  const mode = modeFor(settings, window.languageId);
  if (mode === 'off') return { why: 'off', detail: `Suggestions are off for ${window.languageId}.` };
  if (lineBefore(window.before).length + lineAfter(window.after).length > longestLine)
    return { why: 'unsupported', detail: 'The line is too long.' };
  if (/[\ud800-\udbff]$/.test(window.before) && /^[\udc00-\udfff]/.test(window.after))
    return { why: 'unsupported', detail: 'The cursor is inside of a character.' };
  if (byHand) return undefined;
  if (mode === 'manual') return { why: 'manual', detail: 'Suggestions come only when you ask for them.' };
  if (trust === 'restricted')
    return { why: 'manual', detail: 'In Restricted Mode suggestions come only when you ask for them.' };
  if (snoozedUntil !== undefined) return { why: 'snoozed', detail: 'Suggestions are snoozed.' };
  if (isListOpen) return { why: 'listOpen', detail: "The editor's own list is open.", onlyAsking: true };
  if (isWhole(window)) return { why: 'empty', detail: 'The line is complete.', onlyAsking: true };
  return undefined;
}

export function modeFor({ mode, languages }: Settings['suggestions'], languageId: string): SuggestionMode {
  return languages[languageId] ?? mode;
}

/** Nothing is missing behind the end of a statement, nor in an empty document. */
function isWhole({ before, after }: Window): boolean {
  if (lineAfter(after).trim() !== '') return false;
  return /;[ \t]*$/.test(before) || (before.trim() === '' && after.trim() === '');
}

/** Documents that show something rather than being written in. */
const shownOnly = new Set([
  ...['gloss', 'git', 'gitfs', 'output', 'debug', 'vscode', 'vscode-settings', 'vscode-scm', 'walkthrough'],
  ...['comment', 'search-editor', 'vscode-chat-code-block', 'vscode-terminal', 'private', 'data', 'http', 'https'],
]);

/** Whether suggestions make sense in a document with this address. */
export function isWritten(uri: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase();
  return scheme !== undefined && !shownOnly.has(scheme);
}
