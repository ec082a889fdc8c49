/** Calls of the Claude client in tests: what is asked, what comes of it, and clients without sockets. */
import { inspect } from 'node:util';
import {
  Claude,
  ClaudeError,
  type ClaudeOptions,
  type Message,
  type RequestOptions,
} from '../../server/src/claude/index.ts';
import { loadChecks } from '../../server/src/claude/schema/load.ts';
import { type FakeClock, fakeClock } from './fakeClock.ts';
import { type Answer, type Step, scriptedTransport, streamOf } from './scriptedTransport.ts';
import { streams, written } from './streams.ts';

// Loading takes as long as it takes: a clock that stands still cannot wait for it.
await loadChecks();

/** A key that must not be seen anywhere. */
export const key = 'sk-ant-canary-0123456789';

/** The question of most tests. */
export const request = {
  model: 'claude-sonnet-5-5',
  max_tokens: 1_000,
  messages: [{ role: 'user', content: 'hi' }],
} as const;

/** The same question, to be counted. */
export const counted = { model: request.model, messages: request.messages } as const;

/** An answer that is right. */
export const good = streamOf(written(streams['text'] ?? []), 'end');

export const oneAttempt: RequestOptions = { retries: { attempts: 1 } };

/** A client whose answers come from a script and whose time from the test. @param credential The key, unless told otherwise. */
export function clientFor(
  answers: readonly Answer[],
  options: Partial<ClaudeOptions> = {},
  credential: Partial<ClaudeOptions> = { apiKey: key },
) {
  const clock = fakeClock();
  const transport = scriptedTransport(clock, answers);
  const claude = new Claude({ ...credential, clock, transport, retries: { random: () => 0.5 }, ...options });
  return { claude, clock, transport };
}

/** A stream whose bytes come in these steps; one attempt, no waiting. */
export function streamed(...steps: readonly Step[]) {
  return clientFor([streamOf(...steps)]).claude.messages.stream(request, oneAttempt);
}

/** The error of a call that must fail with a typed one. */
export async function failureOf(promise: Promise<unknown>): Promise<ClaudeError> {
  const error = await promise.then(
    (value) => value,
    (reason: unknown) => reason,
  );
  if (error instanceof ClaudeError) return error;
  throw new Error(`not a ClaudeError: ${inspect(error)}`);
}

/** What a call comes to: every call must come to one of these two. */
export async function outcomeOf(call: Promise<Message>): Promise<Message | ClaudeError> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ClaudeError) return error;
    throw error;
  }
}

/** What a call comes to while the clock runs for so long. */
export async function within<Value>(
  clock: FakeClock,
  milliseconds: number,
  promise: Promise<Value>,
): Promise<Value | ClaudeError | 'still running'> {
  let result: Value | ClaudeError | 'still running' = 'still running';
  promise.then(
    (value) => {
      result = value;
    },
    (error: unknown) => {
      if (error instanceof ClaudeError) result = error;
    },
  );
  // Loading takes real time, which the clock knows nothing of.
  await loadChecks();
  await clock.pass(milliseconds);
  return result;
}

/** A failed request as the service answers it. */
export function problem(status: number, type: string, more: object = {}, headers: Record<string, string> = {}): Answer {
  const body = { type: 'error', error: { type, message: 'The reason.', ...more }, request_id: 'req_body' };
  return { status, headers: { 'content-type': 'application/json', ...headers }, steps: [JSON.stringify(body), 'end'] };
}

/** The text of a message or of what had come of it. */
export function textOf(message: Message | undefined): string {
  return (message?.content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');
}
