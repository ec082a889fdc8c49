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
    ['$(loading~spin) Gloss', 'Gloss, Waiting for the service (api.anthropic.com)', 'plain', usual],
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
  ['starting', { server: 'starting', trusted: true }, ['$(loading~spin) Gloss', 'Gloss, Starting.', 'plain', usual]],
  [
    'restarting',
    { server: 'restarting', trusted: true },
    ['$(loading~spin) Gloss', 'Gloss, The server stopped unexpectedly and is starting again.', 'plain', usual],
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
