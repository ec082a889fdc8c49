/** What "Why No Suggestion?" says for each reason, and what it offers. */
import { expect, test } from 'vitest';
import { SuggestionReason } from '#shared/suggestions.ts';
import { words } from '../../../test/harness/words.ts';
import { ownReason, reasonLook } from './reasonLook.ts';

type Why = Parameters<typeof reasonLook>[0]['why'];

const said: Readonly<Record<Why, readonly [detail: string, sentence: string, buttons: string]>> = {
  noEditor: ['', 'Open a file first: suggestions come in an editor.', ''],
  editorOff: [
    '',
    'Suggestions while typing are turned off in VS Code itself, by the setting editor.inlineSuggest.enabled.',
    'Open Settings',
  ],
  shown: ['', 'The last suggestion was shown after 321 ms.', ''],
  off: ['', 'Suggestions are turned off here.', 'Turn On, Open Settings'],
  snoozed: ['', 'Suggestions are resting. You can still ask for one.', 'End Snooze, Ask Now'],
  manual: ['', 'Suggestions come only when you ask for them.', 'Ask Now, Open Settings'],
  excluded: ['', 'This file is one of those that must not leave this machine.', 'Open Settings'],
  secret: ['', 'This file may hold keys or passwords, so nothing of it is sent.', ''],
  unsupported: ['', 'There are no suggestions in documents of this kind.', ''],
  cancelled: ['', 'You went on before the answer was there.', ''],
  filtered: ['too little', 'There was an answer, but it was held back: too little.', ''],
  empty: ['', 'The model had nothing to add here.', ''],
  limited: ['Try again at 10:04.', 'The service asks to wait. Try again at 10:04.', 'Check Connection'],
  budget: ['', 'What suggestions may cost in an hour is used up.', 'Open Settings'],
  failed: ['The host was not found.', 'The host was not found.', 'Check Connection, Show Log'],
  signedOut: ['', 'There is no API key.', 'Set API Key, Start Demo'],
  listOpen: ['', 'The list of words was open, and nothing is suggested over it.', ''],
  none: ['', 'No suggestion was asked for yet.', 'Ask Now'],
};

test.each(Object.entries(said))('%s', (why, [detail, sentence, buttons]) => {
  const look = reasonLook({ why: why as Why, detail, known: false, took: 321.4 }, words);
  expect([look.sentence, look.buttons.map(({ title }) => title).join(', ')]).toEqual([sentence, buttons]);
});

test('every reason of the server has its sentence, and a failure without words has one, too', () => {
  expect(Object.keys(said)).toEqual(expect.arrayContaining([...SuggestionReason.shape.why.options]));
  const look = reasonLook({ why: 'failed', detail: '', known: false }, words);
  expect(look.sentence).toBe('The request failed.');
});

test('what was known already cost nothing', () => {
  const look = reasonLook({ why: 'shown', detail: '', known: true, took: 2 }, words);
  expect(look.sentence).toContain('nothing was sent');
});

test.each([
  [{ scheme: undefined, isEditorOn: true, mode: 'automatic' }, 'noEditor'],
  [{ scheme: 'file', isEditorOn: false, mode: 'off' }, 'editorOff'],
  [{ scheme: 'output', isEditorOn: true, mode: 'automatic' }, 'unsupported'],
  [{ scheme: 'file', isEditorOn: true, mode: 'off' }, 'off'],
  [{ scheme: 'file', isEditorOn: true, mode: 'manual' }, undefined],
] as const)('what can be told without asking: %j is %s', (place, expected) => {
  expect(ownReason(place, ['file', 'untitled'])).toBe(expected);
});
