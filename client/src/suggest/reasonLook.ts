/** Why nothing was suggested, as one sentence, and what can be done about it. Pure. */
import type { SuggestionReason } from '#shared/suggestions.ts';
import type { Words } from '../words.ts';

export type ReasonDeed =
  | 'turnOn'
  | 'endSnooze'
  | 'askNow'
  | 'setKey'
  | 'startDemo'
  | 'checkConnection'
  | 'showLog'
  | 'openSettings'
  | 'openEditorSettings';

export interface ReasonLook {
  readonly sentence: string;
  readonly buttons: readonly { readonly deed: ReasonDeed; readonly title: string }[];
}

/** What this side knows without asking the server: undefined where the server has to say it. */
export type OwnReason = 'noEditor' | 'editorOff' | 'unsupported' | 'off';

export interface Place {
  /** Undefined without an open document. */
  readonly scheme: string | undefined;
  /** What the editor's own setting for all suggestions says. */
  readonly isEditorOn: boolean;
  readonly mode: 'automatic' | 'manual' | 'off';
}

export function ownReason({ scheme, isEditorOn, mode }: Place, schemes: readonly string[]): OwnReason | undefined {
  if (scheme === undefined) return 'noEditor';
  if (!isEditorOn) return 'editorOff';
  if (!schemes.includes(scheme)) return 'unsupported';
  return mode === 'off' ? 'off' : undefined;
}

export function reasonLook(
  {
    why,
    detail,
    known,
    took,
  }: Pick<SuggestionReason, 'detail' | 'known' | 'took'> & {
    readonly why: SuggestionReason['why'] | OwnReason;
  },
  words: Words,
): ReasonLook {
  const look = (sentence: string, ...deeds: readonly ReasonDeed[]): ReasonLook => ({
    sentence,
    buttons: deeds.map((deed) => ({ deed, title: titleOf(deed, words) })),
  });
  const more = (sentence: string): string => (detail === '' ? sentence : `${sentence} ${detail}`);
  switch (why) {
    case 'noEditor':
      return look(words.t('Open a file first: suggestions come in an editor.'));
    case 'editorOff':
      return look(
        words.t(
          'Suggestions while typing are turned off in VS Code itself, by the setting editor.inlineSuggest.enabled.',
        ),
        'openEditorSettings',
      );
    case 'shown':
      return look(shownSentence(known, took, words));
    case 'off':
      return look(words.t('Suggestions are turned off here.'), 'turnOn', 'openSettings');
    case 'snoozed':
      return look(words.t('Suggestions are resting. You can still ask for one.'), 'endSnooze', 'askNow');
    case 'manual':
      return look(words.t('Suggestions come only when you ask for them.'), 'askNow', 'openSettings');
    case 'excluded':
      return look(words.t('This file is one of those that must not leave this machine.'), 'openSettings');
    case 'secret':
      return look(words.t('This file may hold keys or passwords, so nothing of it is sent.'));
    case 'unsupported':
      return look(words.t('There are no suggestions in documents of this kind.'));
    case 'cancelled':
      return look(words.t('You went on before the answer was there.'));
    case 'filtered':
      return look(words.t('There was an answer, but it was held back: {0}.', filterWord(detail, words)));
    case 'empty':
      return look(words.t('The model had nothing to add here.'));
    case 'limited':
      return look(more(words.t('The service asks to wait.')), 'checkConnection');
    case 'budget':
      return look(more(words.t('What suggestions may cost in an hour is used up.')), 'openSettings');
    case 'failed':
      return look(detail === '' ? words.t('The request failed.') : detail, 'checkConnection', 'showLog');
    case 'signedOut':
      return look(words.t('There is no API key.'), 'setKey', 'startDemo');
    case 'listOpen':
      return look(words.t('The list of words was open, and nothing is suggested over it.'));
    case 'none':
      return look(words.t('No suggestion was asked for yet.'), 'askNow');
  }
}

function shownSentence(known: boolean, took: number | undefined, words: Words): string {
  if (known) return words.t('The last suggestion was shown. It was known already: nothing was sent for it.');
  if (took === undefined) return words.t('The last suggestion was shown.');
  return words.t('The last suggestion was shown after {0} ms.', Math.round(took));
}

/** The server's names for its filters in the person's language; a name that is new here stays as it is. */
export function filterWord(name: string, words: Words): string {
  switch (name) {
    case 'white space':
      return words.t('white space');
    case 'line ends':
      return words.t('line ends');
    case 'brackets':
      return words.t('brackets that do not match');
    case 'indentation':
      return words.t('indentation');
    case 'beyond the block':
      return words.t('it goes beyond the block');
    case 'words instead of code':
      return words.t('words instead of code');
    case 'repeats what stands before':
      return words.t('it repeats what stands before');
    case 'repeats what follows':
      return words.t('it repeats what follows');
    case 'says the same again and again':
      return words.t('it says the same again and again');
    case 'hidden characters':
      return words.t('hidden characters');
    case 'a note instead of code':
      return words.t('a note instead of code');
    case 'too little':
      return words.t('too little');
    case 'looks like a key':
      return words.t('it looks like a key');
    case 'Markdown around the code':
      return words.t('Markdown around the code');
    case 'tags around the code':
      return words.t('tags around the code');
    case 'marks instead of code':
      return words.t('marks instead of code');
    case 'a change instead of code':
      return words.t('a change instead of code');
    default:
      return name;
  }
}

function titleOf(deed: ReasonDeed, words: Words): string {
  switch (deed) {
    case 'turnOn':
      return words.t('Turn On');
    case 'endSnooze':
      return words.t('End Snooze');
    case 'askNow':
      return words.t('Ask Now');
    case 'setKey':
      return words.t('Set API Key');
    case 'startDemo':
      return words.t('Start Demo');
    case 'checkConnection':
      return words.t('Check Connection');
    case 'showLog':
      return words.t('Show Log');
    case 'openSettings':
    case 'openEditorSettings':
      return words.t('Open Settings');
  }
}
