/** Runs that are stopped: at once, at any moment, with nothing left behind. */
import { describe, expect, test } from 'vitest';
import { failureOf, request } from '../../../../../test/harness/claudeCalls.ts';
import { brokenRules } from '../../../../../test/harness/historyRules.ts';
import { random, scaled } from '../../../../../test/harness/scale.ts';
import { streamOf } from '../../../../../test/harness/scriptedTransport.ts';
import { written } from '../../../../../test/harness/streams.ts';
import { doing, lastResults, runOf, toldBy } from '../../../../../test/harness/toolRuns.ts';
import { eventsOf, type Turn } from '../../../../../test/harness/turns.ts';
import type { Approval, RunEvent } from '../../index.ts';

const turns = (count: number) => async () => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** A tool that works until it is told to stop, and one that is done at once. */
function working() {
  const at = { work: 0, stopped: 0 };
  const endless = doing('endless', (_input, { signal }) => {
    at.work += 1;
    return new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => {
        at.work -= 1;
        at.stopped += 1;
        reject(signal.reason);
      }),
    );
  });
  return { at, endless, quick: doing('quick') };
}

const calling: Turn = {
  says: [
    { call: 'quick', id: 'a' },
    { call: 'endless', id: 'b' },
    { call: 'endless', id: 'c' },
    { call: 'quick', id: 'd' },
  ],
};

describe('an abort', () => {
  test('reaches tools at work, answers all calls, and fails with its reason', async () => {
    const { at, endless, quick } = working();
    const { run, clock } = runOf([calling, { says: ['ok'] }], {
      params: { tools: [endless, quick] },
      options: { parallel: 3 },
    });
    const failure = failureOf(run.end());
    await clock.pass(1);
    expect(at).toEqual({ work: 2, stopped: 0 });
    run.abort('enough');
    expect(await failure).toMatchObject({ kind: 'aborted', cause: 'enough' });
    expect(at).toEqual({ work: 0, stopped: 2 });
    expect(brokenRules(run.messages)).toEqual([]);
    const mayStay = 'Stopped before it was finished: what it had done by then may stay.';
    expect(lastResults(run.messages)).toEqual([
      { type: 'tool_result', tool_use_id: 'a', content: 'ok' },
      { type: 'tool_result', tool_use_id: 'b', content: mayStay, is_error: true },
      { type: 'tool_result', tool_use_id: 'c', content: mayStay, is_error: true },
      { type: 'tool_result', tool_use_id: 'd', content: 'ok' },
    ]);
    expect(await run.continue('Go on.').end()).toMatchObject({ reason: 'finished' });
  });

  test('does not wait for tools that do not listen; disposing does', async () => {
    let isDone = false;
    const deaf = doing('deaf', async () => {
      await turns(20)();
      isDone = true;
    });
    const { run, clock } = runOf([{ says: [{ call: 'deaf' }] }], { params: { tools: [deaf] } });
    const failure = failureOf(run.end());
    await clock.pass(1);
    run.abort();
    await failure;
    expect(isDone).toBe(false);
    await run[Symbol.asyncDispose]();
    expect(isDone).toBe(true);
  });

  test('of a run that was not begun sends nothing', async () => {
    const { run, transport } = runOf([{}]);
    run.abort('early');
    expect(await failureOf(run.end())).toMatchObject({ kind: 'aborted', cause: 'early' });
    const signalled = runOf([{}], { options: { signal: AbortSignal.abort('before') } });
    expect(await failureOf(signalled.run.end())).toMatchObject({ kind: 'aborted', cause: 'before' });
    expect([transport.requests, signalled.transport.requests]).toEqual([[], []]);
  });

  test('while the answer streams keeps what had come of it in the error, and nothing of it in the conversation', async () => {
    const bytes = written(eventsOf({ says: ['so far'] })).toString();
    const { run, clock, transport } = runOf([], {
      answers: [streamOf(bytes.slice(0, bytes.indexOf('event: message_delta')))],
    });
    const failure = failureOf(toldBy(run));
    await clock.pass(1);
    run.abort();
    expect(await failure).toMatchObject({ kind: 'aborted', partial: { content: [{ type: 'text', text: 'so far' }] } });
    expect([run.messages, transport.destroyed, clock.pending]).toEqual([request.messages, 1, 0]);
  });

  test('ends a question that nobody has answered', async () => {
    const { endless } = working();
    let asked: AbortSignal | undefined;
    const { run, clock } = runOf([{ says: [{ call: 'endless', id: 'a' }] }], {
      params: { tools: [endless] },
      options: {
        approve({ signal }) {
          asked = signal;
          return new Promise<Approval>(() => {});
        },
      },
    });
    const failure = failureOf(run.end());
    await clock.pass(1);
    expect(asked?.aborted).toBe(false);
    run.abort();
    await failure;
    expect(asked?.aborted).toBe(true);
    expect(lastResults(run.messages)).toMatchObject([{ content: 'Not run: the run was stopped.' }]);
  });

  test('ends the wait of a hook', async () => {
    const { run, clock, transport } = runOf([{}], { options: { beforeTurn: () => new Promise(() => {}) } });
    const failure = failureOf(run.end());
    await clock.pass(1);
    run.abort();
    expect(await failure).toMatchObject({ kind: 'aborted' });
    expect(transport.requests).toEqual([]);
  });

  test('is what a reader does that breaks off', async () => {
    const { at, endless, quick } = working();
    const { run } = runOf([calling], { params: { tools: [endless, quick] } });
    for await (const event of run) if (event.type === 'tool_started' && event.call.id === 'c') break;
    expect(await failureOf(run.end())).toMatchObject({ kind: 'aborted' });
    expect(at).toEqual({ work: 0, stopped: 2 });
  });

  test('does not wait for a reader that has stopped reading', async () => {
    const { run, clock } = runOf([{ says: ['a', 'b', 'c'] }]);
    await run[Symbol.asyncIterator]().next();
    await clock.pass(1);
    run.abort();
    expect(await failureOf(run.end())).toMatchObject({ kind: 'aborted' });
    expect(run.messages).toEqual(request.messages);
  });

  test('through the signal of the caller leaves no listener on it', async () => {
    const { signal } = new AbortController();
    const listeners = { added: 0, removed: 0 };
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...parts: Parameters<typeof add>) => {
      listeners.added += 1;
      add(...parts);
    };
    signal.removeEventListener = (...parts: Parameters<typeof remove>) => {
      listeners.removed += 1;
      remove(...parts);
    };
    const { run } = runOf([{ says: [{ call: 'quick' }] }, { says: ['ok'] }], {
      params: { tools: [doing('quick')] },
      options: { signal },
    });
    await run.end();
    expect(listeners).toEqual({ added: 1, removed: 1 });
  });
});

test('whoever is told of events may fail: then the run ends with that', async () => {
  const { at, endless, quick } = working();
  const failure = new Error('no room on the screen');
  const onEvent = ({ type }: RunEvent): void => {
    if (type === 'tool_finished') throw failure;
  };
  const { run } = runOf([calling], { params: { tools: [endless, quick] }, options: { onEvent } });
  await expect(run.end()).rejects.toBe(failure);
  await run[Symbol.asyncDispose]();
  expect(at.work).toBe(0);
  expect(brokenRules(run.messages)).toEqual([]);
});

test('a tool that gives up by itself is not an abort of the run', async () => {
  const { run } = runOf([{ says: [{ call: 'quits' }] }, { says: ['ok'] }], {
    params: {
      tools: [doing('quits', () => Promise.reject(new DOMException('This operation was aborted', 'AbortError')))],
    },
  });
  expect(await run.end()).toMatchObject({ reason: 'finished' });
  expect(lastResults(run.messages)).toMatchObject([{ is_error: true, content: 'This operation was aborted' }]);
});

test('at any moment, an abort leaves nothing running and a conversation that can go on', async () => {
  const next = random();
  const kinds = new Set<string>();
  for (let round = 0; round < scaled(2_000); round++) {
    const { at, endless, quick } = working();
    const read = doing('read', turns(2), { readOnly: true });
    const alone = doing('alone', turns(3), { exclusive: true });
    const says = Array.from({ length: 1 + Math.floor(next() * 5) }, () => ({
      call: ['quick', 'read', 'alone', 'endless', 'none'][Math.floor(next() * 5)] ?? 'quick',
    }));
    const bytes = written(eventsOf({ says: ['text', ...says] }));
    const half = Math.floor(next() * bytes.length);
    const { run, clock, transport } = runOf([], {
      params: { tools: [endless, quick, read, alone] },
      options: {
        eager: next() < 0.5,
        parallel: 1 + Math.floor(next() * 4),
        ...(next() < 0.5 && {
          async approve(): Promise<Approval> {
            await turns(Math.floor(next() * 3))();
            return next() < 0.8 ? { type: 'allow' } : { type: 'deny', reason: 'no' };
          },
        }),
      },
      answers: [
        streamOf(bytes.subarray(0, half), bytes.subarray(half), 'end'),
        streamOf(written(eventsOf({ says: ['ok'] })), 'end'),
      ],
    });
    const ended = (next() < 0.5 ? run.end() : toldBy(run).then(() => run.end())).then(
      ({ reason }) => reason,
      ({ kind }) => kind,
    );
    await turns(Math.floor(next() * 40))();
    await run[Symbol.asyncDispose]();
    kinds.add(await ended);
    expect(['finished', 'aborted', 'limit']).toContain(await ended);
    expect([at.work, clock.pending]).toEqual([0, 0]);
    expect(brokenRules(run.messages)).toEqual([]);
    const before = transport.requests.length;
    await turns(5)();
    expect(transport.requests).toHaveLength(before);
  }
  expect([...kinds]).toEqual(expect.arrayContaining(['finished', 'aborted']));
}, 120_000);
