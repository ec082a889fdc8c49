/** What the status bar and its menu say in each situation. */
import { expect, test } from 'vitest';
import type { Status } from '#shared/status.ts';
import { words } from '../../test/harness/words.ts';
import { menuEntries } from './menuEntries.ts';
import { type Situation, statusLook } from './statusLook.ts';

const status: Status = { state: 'ready', demo: false, host: 'api.anthropic.com', detail: '' };
const ready: Situation = { server: 'running', status, trusted: true };

/** Text, what a screen reader hears, and the menu by its first words. */
function seen(situation: Situation) {
  const { text, label, isError } = statusLook(situation, words);
  return [text, label, isError ? 'red' : 'plain', menu(situation).join(', ')];
}

function menu(situation: Situation): readonly string[] {
  return menuEntries(situation, words).map((entry) => entry.label.replace(/^\$\([^)]+\) /, ''));
}

const usual = 'Check Connection, What Was Sent, Set API Key, Show Log, Restart Server, Start Demo';

test.each<[string, Situation, readonly string[]]>([
  ['ready', ready, ['$(comment-discussion) Gloss', 'Gloss, Ready (api.anthropic.com)', 'plain', usual]],
  [
    'busy',
    { ...ready, status: { ...status, state: 'busy' } },
    ['$(ellipsis) Gloss', 'Gloss, Waiting for the service (api.anthropic.com)', 'plain', usual],
  ],
  [
    'without a key',
    { ...ready, status: { ...status, state: 'signedOut', detail: 'There is no key.' } },
    [
      '$(key) Gloss',
      'Gloss, There is no key.',
      'plain',
      'Set API Key, Start Demo, Check Connection, What Was Sent, Show Log, Restart Server',
    ],
  ],
  [
    'in the demo',
    { ...ready, status: { ...status, demo: true } },
    [
      '$(beaker) Gloss Demo',
      'Gloss Demo, Demo: answers are made by rules, no model is running.',
      'plain',
      'Set API Key, Stop Demo, Check Connection, What Was Sent, Show Log, Restart Server',
    ],
  ],
  [
    'limited',
    { ...ready, status: { ...status, state: 'limited', detail: 'Wait a minute.' } },
    ['$(watch) Gloss', 'Gloss, Wait a minute.', 'plain', usual],
  ],
  [
    'in error',
    { ...ready, status: { ...status, state: 'error', detail: 'Offline.' } },
    ['$(warning) Gloss', 'Gloss, Offline.', 'red', usual],
  ],
  ['starting', { server: 'starting', trusted: true }, ['$(ellipsis) Gloss', 'Gloss, Starting.', 'plain', usual]],
  [
    'restarting',
    { server: 'restarting', trusted: true },
    ['$(ellipsis) Gloss', 'Gloss, The server stopped unexpectedly and is starting again.', 'plain', usual],
  ],
  [
    'failed',
    { server: 'failed', trusted: true },
    ['$(error) Gloss', 'Gloss, The server is not running.', 'red', 'Restart Server, Show Log'],
  ],
  [
    'stopped while the last word was good',
    { server: 'stopped', status, trusted: true },
    ['$(error) Gloss', 'Gloss, The server is not running.', 'red', 'Restart Server, Show Log'],
  ],
])('%s', (_name, situation, expected) => {
  expect(seen(situation)).toEqual(expected);
});

test('S2: in Restricted Mode the status bar says what is off, and the menu leads to trust', () => {
  const { label, tooltip } = statusLook({ ...ready, trusted: false }, words);
  expect([label, tooltip].join()).toContain('Restricted Mode');
  expect(menu({ ...ready, trusted: false })).toContain('Manage Workspace Trust');
});

const suggestions = { mode: 'automatic', language: 'python', isLimited: false } as const;
const minute = 60_000;

function later(minutes: number): Date {
  return new Date(Date.now() + minutes * minute);
}

const clock = (date: Date) => `${date.getHours()}`.padStart(2, '0') + `:${date.getMinutes()}`.replace(/:(\d)$/, ':0$1');
const soon = later(15);

test.each<[string, NonNullable<Situation['suggestions']>, string, string]>([
  ['on', suggestions, '', 'Suggestions come while you type.'],
  ['by hand', { ...suggestions, mode: 'manual' }, '', 'Suggestions come when you ask for them.'],
  ['off for a language', { ...suggestions, mode: 'off' }, '', 'Suggestions are off for python.'],
  ['off', { mode: 'off', isLimited: true, restUntil: soon }, '', 'Suggestions are off.'],
  ['resting', { ...suggestions, restUntil: soon }, ' $(bell-slash)', `Suggestions rest until ${clock(soon)}.`],
  [
    'resting until the end',
    { ...suggestions, restUntil: later(30_000) },
    ' $(bell-slash)',
    'Suggestions rest until VS Code starts again.',
  ],
  ['rested', { ...suggestions, restUntil: later(-1) }, '', 'Suggestions come while you type.'],
  ['at a limit', { ...suggestions, isLimited: true }, ' $(watch)', 'Suggestions have reached a limit and pause.'],
])('the status bar says that suggestions are %s', (_name, state, icon, sentence) => {
  const look = statusLook({ ...ready, suggestions: state }, words);
  expect([look.text, look.label]).toEqual([
    `$(comment-discussion) Gloss${icon}`,
    `Gloss, Ready (api.anthropic.com), ${sentence}`,
  ]);
  expect(look.tooltip.split('\n')).toContain(sentence);
});

const about = 'Choose Suggestion Mode, Snooze Suggestions, Why No Suggestion?, Suggestion Statistics';

test.each<[string, NonNullable<Situation['suggestions']>, string]>([
  ['on', suggestions, `Turn Suggestions Off for This Language, ${about}`],
  ['off', { ...suggestions, mode: 'off' }, `Turn Suggestions On for This Language, ${about}`],
  ['on, with no document', { mode: 'automatic', isLimited: false }, about],
  [
    'resting',
    { ...suggestions, restUntil: soon },
    `Turn Suggestions Off for This Language, ${about.replace('Snooze Suggestions', 'Snooze Longer, or End It')}`,
  ],
])('where suggestions are %s the menu has what can be done below a heading', (_name, state, expected) => {
  expect(menu({ ...ready, suggestions: state }).join(', ')).toBe(`${usual}, Suggestions While Typing, ${expected}`);
});

test('without a server there is nothing about suggestions', () => {
  const dead: Situation = { server: 'failed', status, trusted: true, suggestions };
  expect([statusLook(dead, words).tooltip, ...menu(dead)].join()).not.toMatch(/suggest/i);
});
