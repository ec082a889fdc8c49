/** What the language client throws, as something to show. */
import { expect, test } from 'vitest';
import { words } from '../../test/harness/words.ts';
import { Failed, isStopped } from './failed.ts';
import { buttonsFor } from './remedies.ts';
import { toFailed } from './toFailed.ts';

/** An error as vscode-jsonrpc makes it. */
function response(code: number, message: string, data?: unknown): Error {
  return Object.assign(new Error(message), { code, data });
}

function seen(error: unknown): string {
  const { kind, message, remedies, partial } = toFailed(error, words);
  return [kind, message, remedies.join('+'), ...(partial === undefined ? [] : [partial])].join(' | ');
}

const gone = 'The Gloss server is not running or stopped while it was answering. Try again in a moment.';

test.each([
  [
    'a failure with advice',
    response(-32803, 'No key.', { kind: 'noKey', remedies: ['setKey', 'startDemo'] }),
    'noKey | No key. | setKey+startDemo',
  ],
  [
    'R4: a failure with text',
    response(-32803, 'Cut.', { kind: 'truncated', remedies: ['retry'], partial: 'It' }),
    'truncated | Cut. | retry | It',
  ],
  ['a failure whose data is odd', response(-32803, 'Odd.', { kind: 1, remedies: 'all' }), 'unknown | Odd. | showLog'],
  ['a failure without data', response(-32603, 'Inside.'), 'unknown | Inside. | showLog'],
  ['a cancelled request', response(-32800, 'Request cancelled'), 'aborted | Stopped. | '],
  [
    'R24: a server that died under the request',
    response(-32097, 'Pending response rejected'),
    `serverGone | ${gone} | retry+showLog`,
  ],
  ['a client that does not run', response(-32096, 'Client is not running'), `serverGone | ${gone} | retry+showLog`],
  [
    'a closed connection',
    new Error('Connection is closed.'),
    `serverGone | ${gone} (Connection is closed.) | retry+showLog`,
  ],
  [
    'a failed write',
    Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }),
    `serverGone | ${gone} (write EPIPE) | retry+showLog`,
  ],
  ['something that is no error', 'why', `serverGone | ${gone} | retry+showLog`],
])('%s', (_name, error, expected) => {
  expect(seen(error)).toBe(expected);
});

test('what is a failure already stays what it is', () => {
  const failed = new Failed('Known.', 'known');
  expect(toFailed(failed, words)).toBe(failed);
  expect([isStopped(failed), isStopped(new Failed('', 'aborted')), isStopped(new Error('x'))]).toEqual([
    false,
    true,
    false,
  ]);
});

test('a failure offers each remedy once, three at most, and a retry only where there is something to retry', () => {
  const titles = (canRetry: boolean) =>
    buttonsFor(['retry', 'setKey', 'setKey', 'checkConnection', 'showLog'], canRetry, words).map(({ title }) => title);
  expect(titles(true)).toEqual(['Try Again', 'Set API Key', 'Check Connection']);
  expect(titles(false)).toEqual(['Set API Key', 'Check Connection', 'Show Log']);
});
