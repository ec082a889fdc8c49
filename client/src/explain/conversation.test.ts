/** The turns of an explanation: told as a story of what the person and the server do, seen as one line for each turn. */
import { expect, test } from 'vitest';
import type { Explanation } from '#shared/explain.ts';
import { words } from '../../../test/harness/words.ts';
import { Failed } from '../failed.ts';
import { createConversation, type FollowUp } from './conversation.ts';
import { fromStore, shownText, type Turn, unread } from './turns.ts';

interface Asked {
  readonly followUp: FollowUp | undefined;
  readonly fresh: boolean;
  readonly signal: AbortSignal;
  write(text: string): void;
  answer(markdown: string, id?: string): Promise<void>;
  fail(failure: Failed): Promise<void>;
}

/** A conversation whose server answers when the test says so. */
const plain: Pick<Explanation, 'kind' | 'level' | 'citations' | 'context'> = {
  kind: 'code',
  level: 'normal',
  citations: [],
  context: { tokens: 0, budget: 0 },
};

function talk() {
  const asked: Asked[] = [];
  const failures: string[] = [];
  const answered: string[] = [];
  const conversation = createConversation({
    request({ followUp, fresh }, onPiece, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<Explanation>();
      signal.addEventListener('abort', () => reject(new Failed('Stopped.', 'aborted')));
      const settled = async () => {
        await promise.catch(() => undefined);
        await settle();
      };
      asked.push({
        followUp,
        fresh,
        signal,
        write: onPiece,
        async answer(markdown, id = `id${asked.length}`) {
          resolve(explanation(markdown, id));
          await settled();
        },
        async fail(failure) {
          reject(failure);
          await settled();
        },
      });
      return promise;
    },
    onChange() {},
    onAnswered: () => void answered.push('answered'),
    onFailed: ({ message }) => void failures.push(message),
    words,
  });
  const last = (): Asked => {
    const request = asked.at(-1);
    if (request === undefined) throw new Error('Nothing was asked.');
    return request;
  };
  return { ...conversation, asked, failures, answered, last, seen: () => conversation.turns().map(line) };
}

/** Everything that was waiting for a promise has run. */
async function settle(): Promise<void> {
  for (let round = 0; round < 10; round++) await Promise.resolve();
}

function line(turn: Turn): string {
  const question = turn.question === undefined ? '' : `${turn.question} → `;
  const failure = turn.failure === undefined ? '' : ` (${turn.failure.kind})`;
  return `${question}${turn.state}: ${shownText(turn)}${failure}`;
}

function explanation(markdown: string, id: string): Explanation {
  const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
  const usage = { inputTokens: 1, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0 };
  return { id, markdown, range, ...plain, model: 'claude-sonnet-5-5', usage, demo: false, notices: [] };
}

test('text streams in, and the answer in the end replaces it', async () => {
  const it = talk();
  it.explain();
  expect(it.seen()).toEqual(['streaming: ']);
  it.last().write('It ');
  it.last().write('adds');
  expect(it.seen()).toEqual(['streaming: It adds']);
  await it.last().answer('It adds numbers.');
  expect(it.seen()).toEqual(['done: It adds numbers.']);
  expect(it.answered).toEqual(['answered']);
});

test('asked again, the earlier answer stays until the new one begins', async () => {
  const it = talk();
  it.explain();
  await it.last().answer('One.');
  it.explain();
  expect(it.seen()).toEqual(['streaming: One.']);
  it.last().write('T');
  expect(it.seen()).toEqual(['streaming: T']);
  await it.last().answer('Two.');
  expect(it.seen()).toEqual(['done: Two.']);
});

test('asked twice at once, only one request runs', () => {
  const it = talk();
  it.explain();
  it.explain();
  it.refresh();
  expect([it.asked.length, it.seen()]).toEqual([1, ['streaming: ']]);
});

test('R4: what had arrived before a failure stays, with the longer copy', async () => {
  const it = talk();
  it.explain();
  it.last().write('It adds');
  await it.last().fail(new Failed('Broke off.', 'truncated', ['retry'], 'It adds num'));
  expect(it.seen()).toEqual(['failed: It adds num (truncated)']);
  expect(it.failures).toEqual(['Broke off.']);
});

test('a refresh that fails at once shows the earlier answer', async () => {
  const it = talk();
  it.explain();
  await it.last().answer('One.');
  it.refresh();
  await it.last().fail(new Failed('Offline.', 'connection', ['retry']));
  expect(it.seen()).toEqual(['failed: One. (connection)']);
});

test('a new answer that was wanted is still wanted after a failure and after a stop, and no longer once it came', async () => {
  const it = talk();
  it.explain();
  await it.last().answer('One.');
  it.refresh();
  await it.last().fail(new Failed('Offline.', 'connection', ['retry']));
  it.refresh();
  it.stop();
  await settle();
  it.refresh();
  await it.last().answer('Two.');
  it.explain();
  expect(it.asked.map(({ fresh }) => fresh)).toEqual([false, true, true, true, false]);
});

test('stopping keeps what had arrived and tells nobody', async () => {
  const it = talk();
  it.explain();
  it.last().write('It adds');
  it.stop();
  await settle();
  expect(it.last().signal.aborted).toBe(true);
  expect(it.seen()).toEqual(['stopped: It adds']);
  expect(it.failures).toEqual([]);
});

test('a question asked while an answer streams waits for it and then knows it', async () => {
  const it = talk();
  it.explain();
  it.followUp('  Why? ');
  it.followUp('And then?');
  expect(it.seen()).toEqual(['streaming: ', 'Why? → waiting: ', 'And then? → waiting: ']);
  await it.last().answer('One.', 'a');
  expect(it.last().followUp).toEqual({ id: 'a', question: 'Why?' });
  await it.last().answer('Because.', 'b');
  expect(it.last().followUp).toEqual({ id: 'b', question: 'And then?' });
  await it.last().answer('Then that.', 'b');
  expect(it.seen()).toEqual(['done: One.', 'Why? → done: Because.', 'And then? → done: Then that.']);
  expect(it.isBusy()).toBe(false);
});

test('nothing typed is lost when the answer before it fails, and a refresh asks all of it', async () => {
  const it = talk();
  it.explain();
  it.followUp('Why?');
  await it.last().fail(new Failed('No key.', 'noKey', ['setKey']));
  expect(it.seen()).toEqual(['failed:  (noKey)', 'Why? → failed:  (skipped)']);
  expect(it.failures).toEqual(['No key.']);
  it.refresh();
  await it.last().answer('One.', 'a');
  await it.last().answer('Because.', 'a');
  expect(it.seen()).toEqual(['done: One.', 'Why? → done: Because.']);
});

test('where the server no longer knows the explanation, trying again makes it anew first', async () => {
  const it = talk();
  it.explain();
  await it.last().answer('One.', 'old');
  it.followUp('Why?');
  await it.last().fail(new Failed('From before the restart.', 'expired', ['retry']));
  it.refresh();
  expect(it.last().followUp).toBeUndefined();
  await it.last().answer('One again.', 'new');
  expect(it.last().followUp).toEqual({ id: 'new', question: 'Why?' });
});

test('a refresh of what is done asks for a new answer, below the questions where there are some', async () => {
  const it = talk();
  it.explain();
  expect(it.last().fresh).toBe(false);
  await it.last().answer('One.', 'a');
  it.refresh();
  expect([it.last().fresh, it.seen()]).toEqual([true, ['streaming: One.']]);
  await it.last().answer('Two.', 'b');
  it.followUp('Why?');
  await it.last().answer('Because.', 'b');
  it.refresh();
  expect([it.last().followUp, it.last().fresh]).toEqual([undefined, true]);
  expect(it.seen()).toEqual(['done: Two.', 'Why? → done: Because.', 'streaming: ']);
});

test('turns from the store take the place of what stood for them, and are asked about', async () => {
  const it = talk();
  it.revise(() => [unread('One')]);
  expect([it.seen(), it.isBusy()]).toEqual([['unread: One …'], false]);
  const at = '2026-11-28T12:00:00.000Z';
  it.revise(() => [fromStore({ answer: explanation('One.', 'a') }, at)]);
  expect([it.seen(), it.turns()[0]?.answer?.stored]).toEqual([['done: One.'], at]);
  it.followUp('Why?');
  it.revise(() => []);
  expect(it.last().followUp).toEqual({ id: 'a', question: 'Why?' });
  expect(it.seen()).toEqual(['done: One.', 'Why? → streaming: ']);
});

test('explained again after questions, the new explanation comes below them', async () => {
  const it = talk();
  it.explain();
  await it.last().answer('One.', 'a');
  it.followUp('Why?');
  await it.last().answer('Because.', 'a');
  it.explain();
  await it.last().answer('Two.', 'b');
  it.followUp('How?');
  expect(it.last().followUp).toEqual({ id: 'b', question: 'How?' });
});

test('an empty question asks nothing, and one that is too long stays to be copied', async () => {
  const it = talk();
  it.explain();
  await it.last().answer('One.');
  it.followUp(' \n ');
  it.followUp('x'.repeat(20_001));
  expect(it.asked.length).toBe(1);
  expect(it.turns().map(({ state, question }) => [state, question?.length])).toEqual([
    ['done', undefined],
    ['failed', 20_001],
  ]);
});

test('after the end nothing changes any more', async () => {
  const it = talk();
  it.explain();
  const { write, signal } = it.last();
  it.end();
  write('late');
  await settle();
  it.followUp('Why?');
  it.refresh();
  expect([signal.aborted, it.seen(), it.asked.length, it.failures]).toEqual([true, ['streaming: '], 1, []]);
});

test('five million characters in small pieces arrive whole', () => {
  const it = talk();
  it.explain();
  const { write } = it.last();
  for (let piece = 0; piece < 50_000; piece++) write('x'.repeat(100));
  expect(it.turns()[0]?.text.length).toBe(5_000_000);
});
