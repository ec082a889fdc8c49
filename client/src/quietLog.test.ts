/** Traces say which messages went over the wire, not what was in them. */
import { expect, test } from 'vitest';
import { traceLine } from './quietLog.ts';

test.each([
  [
    'Sending response \'gloss/connection - (1)\'. Processing request took 2ms\nResult: {\n  "value": "sk-ant-x"\n}',
    "Sending response 'gloss/connection - (1)'. Processing request took 2ms",
  ],
  ['{"isLSPMessage":true,"message":{"result":{"value":"sk-ant-x"}}}', '(a message; its content is left out)'],
  ['Connection opened', 'Connection opened'],
  ['', ''],
])('S32: %j', (message, line) => {
  expect(traceLine(message)).toBe(line);
});
