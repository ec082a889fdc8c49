/** Redirects: nothing goes anywhere else. */
import { describe, expect, test } from 'vitest';
import { outcomeOf, request } from '../../../../test/harness/claudeCalls.ts';
import { clientOf, started } from '../../../../test/harness/claudeSockets.ts';

const codes = [300, 301, 302, 303, 305, 306, 307, 308];
const targets = ['absolute', 'without scheme', 'path', 'other host', 'none'] as const;

describe('S33: a redirect', () => {
  test.each(codes.flatMap((code) => targets.map((target) => [code, target] as const)))(
    '%i to a %s target is an error that names the host; nothing goes there',
    async (code, target) => {
      const second = await started(['read', 'hold']);
      const locations = {
        absolute: `${second.origin}/v1/messages`,
        'without scheme': `//127.0.0.1:${second.port}/v1/messages`,
        path: '/elsewhere',
        'other host': `http://user:pass@localhost:${second.port}/`,
        none: undefined,
      };
      const location = locations[target] === undefined ? '' : `location: ${locations[target]}\r\n`;
      const first = await started(['read', `HTTP/1.1 ${code} Redirect\r\n${location}content-length: 0\r\n\r\n`]);
      const error = await outcomeOf(clientOf(first.origin).messages.create(request));
      const host = {
        absolute: `127.0.0.1:${second.port}`,
        'without scheme': `127.0.0.1:${second.port}`,
        path: `127.0.0.1:${first.port}`,
        'other host': `localhost:${second.port}`,
        none: `127.0.0.1:${first.port}`,
      }[target];
      expect(error).toMatchObject({ kind: 'redirect', status: code, host, retryable: false });
      expect([first.connections, second.connections]).toEqual([1, 0]);
    },
  );
});
