/** What the status bar says in each state: text, tooltip and what a screen reader hears. */
import type { SuggestionMode } from '#shared/settings.ts';
import type { Status } from '#shared/status.ts';
import { restSentence } from './suggest/rest.ts';
import type { Words } from './words.ts';

/** How the server process is doing, as this side sees it. */
export type ServerState = 'starting' | 'running' | 'restarting' | 'failed' | 'stopped';

export interface Situation {
  readonly server: ServerState;
  /** The server's own word; absent until it has said one. */
  readonly status?: Status | undefined;
  readonly trusted: boolean;
  /** Absent until the server runs. */
  readonly suggestions?: Suggestions | undefined;
}

/** Suggestions while typing, where the person is. */
export interface Suggestions {
  readonly mode: SuggestionMode;
  /** Of the document in front; absent without one. */
  readonly language?: string | undefined;
  readonly restUntil?: Date | undefined;
  /** Nothing is asked for by itself: the service wants a pause, or what an hour may cost is used up. */
  readonly isLimited: boolean;
}

/** What the person has to do with: one word for icon, menu and colours. */
export type Mood = 'starting' | 'ready' | 'busy' | 'signedOut' | 'limited' | 'error' | 'failed';

export interface StatusLook {
  readonly text: string;
  readonly tooltip: string;
  readonly label: string;
  readonly isError: boolean;
}

export function moodOf({ server, status }: Situation): Mood {
  if (server === 'failed' || server === 'stopped') return 'failed';
  if (server !== 'running' || status === undefined) return 'starting';
  // The demo needs no key.
  return status.demo && status.state === 'signedOut' ? 'ready' : status.state;
}

export function statusLook(situation: Situation, words: Words): StatusLook {
  const mood = moodOf(situation);
  const name = isDemo(situation) ? words.t('Gloss Demo') : 'Gloss';
  const sentence = sentenceOf(situation, mood, words);
  const restricted = situation.trusted ? [] : [words.t('Restricted Mode: settings of this workspace are not used.')];
  const suggestions = mood === 'failed' || mood === 'starting' ? undefined : situation.suggestions;
  const told = suggestions && suggestionsLook(suggestions, words);
  const detail = [sentence, ...(told === undefined ? [] : [told.sentence]), ...restricted];
  return {
    text: `${iconOf(mood, isDemo(situation))} ${name}${told?.icon ?? ''}`,
    tooltip: [...detail, words.t('Click for what can be done.')].join('\n'),
    label: [name, ...detail].join(', '),
    isError: mood === 'failed' || mood === 'error',
  };
}

/** What differs from the usual has an icon; what the person has chosen for good has none. */
function suggestionsLook(
  { mode, language, restUntil, isLimited }: Suggestions,
  words: Words,
): { readonly sentence: string; readonly icon: string } {
  if (mode === 'off') {
    const here = language === undefined ? undefined : words.t('Suggestions are off for {0}.', language);
    return { sentence: here ?? words.t('Suggestions are off.'), icon: '' };
  }
  if (mode === 'manual') return { sentence: words.t('Suggestions come when you ask for them.'), icon: '' };
  const rest = restUntil && restSentence(restUntil, new Date(), words);
  if (rest !== undefined) return { sentence: rest, icon: ' $(bell-slash)' };
  if (isLimited) return { sentence: words.t('Suggestions have reached a limit and pause.'), icon: ' $(watch)' };
  return { sentence: words.t('Suggestions come while you type.'), icon: '' };
}

export function isDemo({ server, status }: Situation): boolean {
  return server === 'running' && status?.demo === true;
}

function iconOf(mood: Mood, demo: boolean): string {
  switch (mood) {
    case 'starting':
    case 'busy':
      // None that spins: without a graphics card the whole window is composed anew for each of its steps.
      return '$(ellipsis)';
    case 'ready':
      return demo ? '$(beaker)' : '$(comment-discussion)';
    case 'signedOut':
      return '$(key)';
    case 'limited':
      return '$(watch)';
    case 'error':
      return '$(warning)';
    case 'failed':
      return '$(error)';
  }
}

function sentenceOf({ server, status }: Situation, mood: Mood, words: Words): string {
  if (server === 'restarting') return words.t('The server stopped unexpectedly and is starting again.');
  if (mood === 'failed') return words.t('The server is not running.');
  if (status === undefined || mood === 'starting') return words.t('Starting.');
  if (status.demo) return words.t('Demo: answers are made by rules, no model is running.');
  if (status.detail !== '') return status.detail;
  return status.host === '' ? stateWord(mood, words) : words.t('{0} ({1})', stateWord(mood, words), status.host);
}

function stateWord(mood: Mood, words: Words): string {
  switch (mood) {
    case 'ready':
      return words.t('Ready');
    case 'busy':
      return words.t('Waiting for the service');
    case 'signedOut':
      return words.t('No API key');
    case 'limited':
      return words.t('Limited');
    case 'error':
    case 'failed':
      return words.t('Error');
    case 'starting':
      return words.t('Starting');
  }
}
