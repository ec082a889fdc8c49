/** Which calls run at the same time. */
import { describe, expect, test } from 'vitest';
import { streamOf } from '../../../../../test/harness/scriptedTransport.ts';
import { written } from '../../../../../test/harness/streams.ts';
import { doing, inShort, lastResults, runOf, toldBy } from '../../../../../test/harness/toolRuns.ts';
import { eventsOf, type Turn } from '../../../../../test/harness/turns.ts';
import type { MessageRequest, ToolRunOptions } from '../../index.ts';

/** Tools that say when they begin and end, and how many ran at most. */
function watched() {
  const log: string[] = [];
  let running = 0;
  let most = 0;
  const work = async (name: unknown) => {
    log.push(`+${name}`);
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    log.push(`-${name}`);
    return String(name);
  };
  return {
    log,
    most: () => most,
    many: doing('many', ({ n }) => work(n)),
    alone: doing('alone', ({ n }) => work(n), { exclusive: true }),
  };
}

const many = (count: number): Turn => ({
  says: Array.from({ length: count }, (_, n) => ({ call: 'many', input: { n } })),
});

describe('parallel calls', () => {
  test.each<[string, ToolRunOptions, Partial<MessageRequest>, number]>([
    ['eight', {}, {}, 8],
    ['as many as the caller says', { parallel: 3 }, {}, 3],
    [
      'one, where parallel calls are disabled',
      {},
      { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
      1,
    ],
    ['at least one', { parallel: 0 }, {}, 1],
  ])('run at once: %s', async (_name, options, params, most) => {
    const tools = watched();
    const { run, bodies } = runOf([many(20), { says: ['ok'] }], {
      params: { tools: [tools.many], ...params },
      options,
    });
    await run.end();
    expect(tools.most()).toBe(most);
    const results = lastResults(bodies()[1]?.messages ?? []);
    expect(results.map(({ content }) => content)).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
    expect(bodies()[1]?.messages).toHaveLength(3);
  });

  test('wait for one that is exclusive, and it for them', async () => {
    const tools = watched();
    const says = ['many', 'many', 'alone', 'many', 'alone'].map((call, n) => ({ call, input: { n } }));
    const { run } = runOf([{ says }, { says: ['ok'] }], { params: { tools: [tools.many, tools.alone] } });
    await run.end();
    expect(tools.log).toEqual(['+0', '+1', '-0', '-1', '+2', '-2', '+3', '-3', '+4', '-4']);
  });

  test('one that fails does not hold up the others', async () => {
    const tools = watched();
    const fails = doing('fails', () => Promise.reject(new Error('no')));
    const { run } = runOf([{ says: [{ call: 'fails' }, { call: 'many', input: { n: 1 } }] }, { says: ['ok'] }], {
      params: { tools: [tools.many, fails] },
    });
    await run.end();
    expect(lastResults(run.messages)).toMatchObject([{ is_error: true }, { content: '1' }]);
  });

  test('are timed one by one', async () => {
    const { run, clock } = runOf([{ says: [{ call: 'wait' }] }, { says: ['ok'] }], {
      params: { tools: [doing('wait', () => new Promise<void>((resolve) => void clock.after(700, resolve, true)))] },
    });
    const told = toldBy(run);
    await clock.pass(1_000);
    expect((await told).find(({ type }) => type === 'tool_finished')).toMatchObject({ duration: 700 });
  });
});

describe('a tool that changes nothing', () => {
  const turn: Turn = {
    says: [{ call: 'read', id: 'a' }, { call: 'write', id: 'b' }, { call: 'both', id: 'c', input: { n: 1 } }, 'more'],
  };

  /** What runs before the answer has ended, which it does after a second. */
  async function early(options: ToolRunOptions, says: Turn = turn, breaks = false) {
    const log: string[] = [];
    const named = (name: string, traits: object) =>
      doing(name, (_input, { signal }) => void log.push(`${name}${signal.aborted ? ' stopped' : ''}`), traits);
    const tools = [
      named('read', { readOnly: true }),
      named('write', {}),
      named('both', { readOnly: true, exclusive: true }),
    ];
    const bytes = written(eventsOf(says));
    const cut = bytes.indexOf('event: message_delta');
    const rest = breaks ? [{ breaks: 'ECONNRESET' }] : [bytes.subarray(cut), 'end' as const];
    const { run, clock } = runOf([], {
      params: { tools },
      options,
      answers: [
        streamOf(bytes.subarray(0, cut), { after: 1_000 }, ...rest),
        streamOf(written(eventsOf({ says: ['ok'] })), 'end'),
      ],
    });
    const told = toldBy(run).catch(() => []);
    await clock.pass(500);
    const before = [...log];
    await clock.pass(5_000);
    return { before, log, told: await told, run };
  }

  test('starts while the answer still streams, if that was wished', async () => {
    const { before, log, told, run } = await early({ eager: true });
    expect(before).toEqual(['read']);
    expect(log.toSorted()).toEqual(['both', 'read', 'write']);
    expect(inShort(told).filter((name) => name.startsWith('tool_started'))).toHaveLength(3);
    expect(run.ending?.reason).toBe('finished');
    expect((await early({})).before).toEqual([]);
  });

  test('starts early only with leave', async () => {
    const asked: string[] = [];
    const { before, log } = await early({
      eager: true,
      approve({ name }) {
        asked.push(name);
        return { type: 'deny', reason: 'no' };
      },
    });
    expect([before, log, asked]).toEqual([[], [], ['read', 'write', 'both']]);
  });

  test('R4: never starts from an input that is not whole', async () => {
    const { log } = await early(
      { eager: true },
      { says: [{ call: 'read', id: 'a', json: ['{"a"'] }], stop: 'tool_use' },
    );
    expect(log).toEqual([]);
  });

  test('is told to stop when the answer is no answer', async () => {
    let told: AbortSignal | undefined;
    const slow = doing('slow', (_input, { signal }) => new Promise(() => (told = signal)), { readOnly: true });
    const { run } = runOf([{ says: [{ call: 'slow' }], stop: 'refusal' }], {
      params: { tools: [slow] },
      options: { eager: true },
    });
    expect(inShort(await toldBy(run))).toEqual([
      'turn_started',
      'tool_started slow',
      'tool_finished slow stopped',
      'turn_finished',
      'finished refused',
    ]);
    expect(told?.aborted).toBe(true);
  });

  test('has its result thrown away when the answer is no answer', async () => {
    const refused = await early({ eager: true }, { ...turn, stop: 'refusal' });
    expect([refused.log, refused.run.ending?.reason, refused.run.messages.length]).toEqual([['read'], 'refused', 1]);
    const broken = await early({ eager: true }, turn, true);
    expect([broken.log, broken.run.messages.length]).toEqual([['read'], 1]);
    const cut = await early({ eager: true }, { ...turn, stop: 'max_tokens' });
    expect(cut.log).toEqual(['read']);
    expect(lastResults(cut.run.messages)).toMatchObject([{ tool_use_id: 'a' }, { is_error: true }, { is_error: true }]);
    expect(lastResults(cut.run.messages)[0]).not.toHaveProperty('is_error');
  });
});
