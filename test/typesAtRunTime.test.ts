/** The compiler and the run-time rules agree: what does not compile is refused before it is sent, too, and what compiles is not. */
import { stripTypeScriptTypes } from 'node:module';
import { expect, test } from 'vitest';
import { createBuilder } from '../server/src/claude/builder/builder.ts';
import type { Messages } from '../server/src/claude/endpoints/messages.ts';
import type { Use } from '../server/src/claude/models/problem.ts';
import { problemsOf } from '../server/src/claude/models/validate.ts';
import { rightBuilder } from './types/rightBuilder.ts';
import { rightMessages } from './types/rightMessages.ts';
import { rightRequests } from './types/rightRequests.ts';
import { rightTools } from './types/rightTools.ts';
import { wrongBuilder } from './types/wrongBuilder.ts';
import { wrongFields } from './types/wrongFields.ts';
import { wrongMessages } from './types/wrongMessages.ts';
import { wrongModels } from './types/wrongModels.ts';
import { wrongTools } from './types/wrongTools.ts';

interface Sent {
  readonly use: Use;
  readonly request: unknown;
}

const run = { name: 'run', description: 'Runs.', input_schema: { type: 'object' } };
const schema = { type: 'object', properties: {}, additionalProperties: false };
/** What the programs find around them. */
const around = {
  hi: [{ role: 'user', content: 'hi' }],
  run,
  format: { type: 'json_schema', schema },
  history: [{ role: 'user', content: 'earlier' }],
  some: 'text',
};

/** The requests that a program sends. Undefined for one that needs what only the compiler knows. */
async function sentBy(code: string): Promise<readonly Sent[] | undefined> {
  if (/\bdeclare |\b(output|tool|wide|answer|parse|batches)\b/.test(code)) return undefined;
  const sent: Sent[] = [];
  const sends = (use: Use) => (request: unknown) => {
    sent.push({ use, request });
    return { text: () => [] };
  };
  // Only what the programs call.
  const messages = {
    create: sends('create'),
    stream: sends('stream'),
    countTokens: sends('count'),
  } as unknown as Messages;
  const claude = { messages, message: () => createBuilder(messages) };
  const names = { claude, batched: sends('batch'), ...around };
  const script = stripTypeScriptTypes(`async function program() {\n${code}\n}`);
  await new Function(...Object.keys(names), `${script}\nreturn program();`)(...Object.values(names));
  return sent;
}

async function faultsOf(code: string): Promise<number | undefined> {
  const sent = await sentBy(code);
  if (sent === undefined || sent.length === 0) return undefined;
  return sent.flatMap(({ use, request }) => problemsOf(request, { use })).length;
}

/**
 * What the rules let pass: fields, tools and edits that may be newer than this client, models that the service may
 * still answer for, and fields of the request that are not counted and so not sent.
 */
const passes =
  /is not a field of|does not exist (in|on) type|was retired on|is not counted|takes no other fields|does not exist any more: use|the first message must come from|Type '"(bash_20251013|compact)"'/;

const wrong = [...wrongModels, ...wrongFields, ...wrongMessages, ...wrongTools, ...wrongBuilder];

test('what does not compile is refused at run time as well, unless it may be newer than this client', async () => {
  let judged = 0;
  for (const [title, code, says] of wrong) {
    if (passes.test(says)) continue;
    const faults = await faultsOf(code);
    if (faults === undefined) continue;
    judged += 1;
    expect(faults, `${title}: ${code}`).toBeGreaterThan(0);
  }
  expect(judged).toBeGreaterThan(90);
});

test('what compiles is not refused at run time', async () => {
  let judged = 0;
  for (const [title, code] of [...rightRequests, ...rightMessages, ...rightTools, ...rightBuilder]) {
    const faults = await faultsOf(code);
    if (faults === undefined) continue;
    judged += 1;
    expect(faults, `${title}: ${code}`).toBe(0);
  }
  expect(judged).toBeGreaterThan(50);
});
