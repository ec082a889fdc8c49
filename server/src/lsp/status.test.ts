/** The status bar's state, as a table. */
import { expect, test } from 'vitest';
import type { Access } from '../egress/access.ts';
import { Refusal } from '../ports.ts';
import { statusOf } from './status.ts';

const access: Access = {
  baseUrl: 'https://api.anthropic.com',
  origin: 'https://api.anthropic.com',
  host: 'api.anthropic.com',
  credential: { kind: 'apiKey', value: 'k', source: 'editor' },
  proxy: undefined,
  noProxy: [],
  caFile: undefined,
  headers: {},
  trusted: true,
  demo: false,
};

test.each([
  ['ready', { access, running: 0, lastFailure: undefined }, { state: 'ready', demo: false }],
  ['busy', { access, running: 2, lastFailure: undefined }, { state: 'busy' }],
  [
    'signed out',
    { access: { ...access, credential: undefined }, running: 0, lastFailure: undefined },
    { state: 'signedOut' },
  ],
  [
    'in the demo',
    { access: { ...access, demo: true }, running: 0, lastFailure: undefined },
    { state: 'ready', demo: true },
  ],
  [
    'unusable settings',
    { access: new Refusal('bad endpoint'), running: 0, lastFailure: undefined },
    { state: 'error', detail: 'bad endpoint' },
  ],
  [
    'a refusal of one request',
    { access, running: 0, lastFailure: { kind: 'refusal', message: 'no' } as const },
    { state: 'ready' },
  ],
  [
    'a limit',
    { access, running: 0, lastFailure: { kind: 'rate_limit', message: 'wait' } as const },
    { state: 'limited', detail: 'wait' },
  ],
  [
    'a wrong key',
    { access, running: 0, lastFailure: { kind: 'authentication', message: 'key' } as const },
    { state: 'error', detail: 'key' },
  ],
])('%s', (_name, facts, expected) => {
  expect(statusOf(facts)).toMatchObject(expected);
});
