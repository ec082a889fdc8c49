/** Downloads of the Claude client whose answers come from a script. */
import type { Call } from '../../server/src/claude/call.ts';
import { beginCall } from '../../server/src/claude/caller.ts';
import { fixedCredentials } from '../../server/src/claude/credentials/credentials.ts';
import { settingsOf } from '../../server/src/claude/options.ts';
import { key, oneAttempt } from './claudeCalls.ts';
import { fakeClock } from './fakeClock.ts';
import { type Answer, scriptedTransport } from './scriptedTransport.ts';

const asked = { operation: 'files.download', method: 'GET', path: '/v1/files/file_1/content' } as const;

/** A call whose answer is read as bytes. */
export async function download(answer: Answer) {
  const clock = fakeClock();
  const transport = scriptedTransport(clock, [answer]);
  const connection = {
    settings: settingsOf({ apiKey: key, clock }),
    credentials: fixedCredentials({}),
    transport,
    running: new Set<Call>(),
    heldBack: new Set<string>(),
  };
  const call = beginCall(connection, asked, oneAttempt);
  const bytes = call.bytes(await call.open());
  return { clock, transport, call, bytes, running: connection.running };
}

export async function joined(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
