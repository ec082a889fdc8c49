/** The log where nobody hears it any more. */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createConnection } from 'vscode-languageserver/node';
import { createLog } from './log.ts';

test('what is logged when the connection is closed harms nobody', () => {
  const connection = createConnection(new PassThrough(), new PassThrough());
  connection.listen();
  const log = createLog(connection, (text) => text);
  connection.dispose();
  for (const level of ['debug', 'info', 'warn', 'error'] as const) expect(() => log[level]('late')).not.toThrow();
});
