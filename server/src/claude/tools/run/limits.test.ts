/** What ends a run before the model does, and what cannot be told to it. */
import { describe, expect, test } from 'vitest';
import { brokenRules } from '../../../../../test/harness/historyRules.ts';
import {
  doing,
  inShort,
  lastResults,
  runOf,
  type Setup,
  toldBy,
  toolNames,
} from '../../../../../test/harness/toolRuns.ts';
import type { Turn } from '../../../../../test/harness/turns.ts';
import { priceTable, type ToolRunOptions } from '../../index.ts';

const tools = [doing('do'), doing('see')];

/** Turns that each call something else: a model that never ends. */
function endless(count: number): readonly Turn[] {
  return Array.from({ length: count }, (_, at) => ({ says: [{ call: 'do', input: { at } }] }));
}

/** A run that is stopped by a limit: its ending, requests, and calls that were run. */
async function stopped(turns: readonly Turn[], options: ToolRunOptions, setup: Setup = {}) {
  const did: string[] = [];
  const counted = ['do', 'see'].map((name) => doing(name, () => void did.push(name)));
  const { run, transport, bodies } = runOf(turns, { ...setup, params: { tools: counted, ...setup.params }, options });
  const told = await toldBy(run);
  expect(brokenRules(run.messages)).toEqual([]);
  bodies();
  return { run, told, did, requests: transport.requests.length };
}

describe('R46: a run that does not end by itself is stopped', () => {
  test.each<[string, ToolRunOptions, number]>([
    ['turns', {}, 50],
    ['turns', { maxTurns: 7 }, 7],
    ['turns', { maxTurns: 1 }, 1],
    ['tokens', { maxTokens: 1_000 }, 6],
    ['tokens', { maxTokens: 1 }, 1],
    ['dollars', { maxDollars: 0.002 }, 5],
  ])('by its limit of %s: %j', async (limit, options, requests) => {
    const result = await stopped(endless(60), options);
    expect(result.run.ending).toMatchObject({ reason: 'limit', limit, message: { stop_reason: 'tool_use' } });
    expect([result.requests, result.did.length]).toEqual([requests, requests]);
    expect(inShort(result.told).slice(-2)).toEqual([`limit_reached ${limit}`, 'finished limit']);
    expect(result.run.messages).toHaveLength(1 + 2 * requests);
  });

  test('and can go on with fresh limits, from exactly where it was', async () => {
    const { run, transport } = runOf(endless(9), { params: { tools }, options: { maxTurns: 3 } });
    await run.end();
    const next = run.continue();
    expect(await next.end()).toMatchObject({ limit: 'turns' });
    expect(transport.requests).toHaveLength(6);
    expect(next.messages.slice(0, run.messages.length)).toEqual(run.messages);
    expect(next.usage.turns).toBe(3);
    expect(await next.continue('Enough?', { maxTurns: 1 }).end()).toMatchObject({ limit: 'turns' });
    expect(JSON.parse(String(transport.requests[6]?.body)).messages.slice(-2)).toEqual([
      next.messages.at(-1),
      { role: 'user', content: 'Enough?' },
    ]);
  });

  test('an answer that is the last one anyway is no matter of limits', async () => {
    const { run } = await stopped([{ says: ['a'] }], { maxTurns: 1, maxTokens: 1, maxDollars: 0.000_001 });
    expect(run.ending?.reason).toBe('finished');
  });

  test('a limit in dollars needs prices', async () => {
    const params = { model: 'unheard-of', tools };
    const without = runOf(endless(3), { params, options: { maxDollars: 1 } });
    await expect(without.run.end()).rejects.toMatchObject({ kind: 'configuration', field: 'maxDollars' });
    expect(without.transport.requests).toEqual([]);
    const price = { input: 1_000, output: 1_000, read: 1_000, write5m: 1_000, write1h: 1_000 };
    const prices = { ...priceTable, models: { 'unheard-of': price, 'claude-sonnet-5-5': price } };
    const own = runOf(endless(9), { params, options: { maxDollars: 0.5, prices } });
    expect(await own.run.end()).toMatchObject({ limit: 'dollars' });
    expect(own.run.usage).toEqual({ turns: 3, tokens: 501, dollars: expect.closeTo(0.501) });
  });

  test('an answer without a price ends a run that has a limit in dollars', async () => {
    const turns = endless(3).map((turn) => ({ ...turn, begins: { model: 'unheard-of' } }));
    const { run, requests } = await stopped(turns, { maxDollars: 100 });
    expect([run.ending, run.usage.dollars, requests]).toMatchObject([{ limit: 'dollars' }, undefined, 1]);
    expect((await stopped(turns.slice(0, 1), { maxTurns: 1 })).run.ending).toMatchObject({ limit: 'turns' });
  });

  test('options that are there but undefined switch no limit off', async () => {
    const none = { maxTurns: undefined, sameCalls: undefined } as unknown as ToolRunOptions;
    expect((await stopped(endless(60), none)).requests).toBe(50);
  });
});

describe('R47: the same call again and again stops the run', () => {
  const again = (...calls: readonly object[]): Turn => ({ says: calls as Turn['says'] & object });
  const a = { call: 'do', input: { x: 1, y: [2] } };
  const b = { call: 'see', input: { x: 1, y: [2] } };
  const bad = { call: 'do', json: ['{"x":'] };
  const turns = (...each: readonly Turn[]) => Array.from({ length: 20 }, (_, at) => each[at % each.length] ?? {});
  const numbered = (call: object, id: string) => ({ ...call, id });

  test.each<[string, readonly Turn[], number, number]>([
    ['one call', turns(again(a)), 3, 2],
    ['two calls in turn', turns(again(a), again(b)), 6, 5],
    ['two calls at once', turns(again(a, b)), 3, 5],
    ['the same call in one answer', turns(again(...Array.from({ length: 5 }, (_, at) => numbered(a, `t${at}`)))), 1, 2],
    ['a call of no tool', turns(again({ call: 'none' })), 3, 0],
    ['a call with broken JSON', turns(again(bad)), 3, 0],
  ])('%s', async (_name, each, requests, ran) => {
    const result = await stopped(each, {});
    expect(result.run.ending).toMatchObject({ reason: 'limit', limit: 'same_calls' });
    expect([result.requests, result.did.length]).toEqual([requests, ran]);
    expect(lastResults(result.run.messages).some(({ content }) => /same call again/.test(String(content)))).toBe(true);
    expect(result.told.some((event) => event.type === 'tool_finished' && event.outcome === 'skipped')).toBe(true);
  });

  test.each<[string, readonly Turn[]]>([
    ['a call that differs in its input', endless(20)],
    [
      'a call after another that is new',
      endless(20)
        .flatMap((turn) => [again(a), turn])
        .slice(0, 20),
    ],
    ['the same input for another tool', [again(a), again(a), again(b), again(b), { says: ['ok'] }]],
  ])('but not %s', async (_name, each) => {
    const result = await stopped([...each, { says: ['ok'] }], {});
    expect(result.run.ending?.reason).toBe('finished');
  });

  test('as often as the caller says', async () => {
    expect((await stopped(turns(again(a)), { sameCalls: 5 })).requests).toBe(5);
    expect((await stopped(turns(again(a)), { sameCalls: Infinity, maxTurns: 9 })).run.ending).toMatchObject({
      limit: 'turns',
    });
  });

  test('and can go on: the model is told why', async () => {
    const { run, bodies } = runOf(turns(again(a)), { params: { tools } });
    await run.end();
    expect(await run.continue('Try something else.').end()).toMatchObject({ limit: 'same_calls' });
    expect(bodies()).toHaveLength(6);
  });
});

test('a tool that must be called is called once', async () => {
  const { run, bodies } = runOf([{ says: [{ call: 'do' }] }, { says: ['ok'] }], {
    params: {
      tools,
      model: 'claude-opus-4-8',
      tool_choice: { type: 'tool', name: 'do', disable_parallel_tool_use: true },
    },
  });
  await run.end();
  expect(bodies().map(({ tool_choice: choice }) => choice)).toEqual([
    { type: 'tool', name: 'do', disable_parallel_tool_use: true },
    { type: 'auto', disable_parallel_tool_use: true },
  ]);
});

describe('between turns', () => {
  test('a hook may change the request of one turn', async () => {
    const planned: unknown[] = [];
    const { run, bodies } = runOf([{ says: [{ call: 'do' }] }, { says: [{ call: 'see' }] }, { says: ['ok'] }], {
      params: { tools },
      options: {
        async beforeTurn({ turn, messages, usage }) {
          planned.push([turn, messages.length, usage.turns]);
          return turn === 2 ? { max_tokens: 7, tools: [doing('see')] } : undefined;
        },
      },
    });
    await run.end();
    expect(planned).toEqual([
      [1, 1, 0],
      [2, 3, 1],
      [3, 5, 2],
    ]);
    expect(bodies().map(({ max_tokens: most, tools: sent }) => [most, sent?.length])).toEqual([
      [1_000, 2],
      [7, 1],
      [1_000, 2],
    ]);
  });

  test('a hook that turns to another model leaves out what the first one thought', async () => {
    const thought = { type: 'thinking', thinking: 'Hm.', signature: 's' };
    const { run, bodies } = runOf([{ says: [thought, { call: 'do' }] }, { says: ['ok'] }], {
      params: { tools },
      options: { beforeTurn: ({ turn }) => (turn === 2 ? { model: 'claude-opus-5-5' } : undefined) },
    });
    await run.end();
    expect(JSON.stringify(bodies()[1]?.messages)).not.toContain('thinking');
  });

  test('a hook that throws ends the run', async () => {
    const failure = new Error('no budget');
    const { run, transport } = runOf([{}], { options: { beforeTurn: () => Promise.reject(failure) } });
    await expect(run.end()).rejects.toBe(failure);
    expect(transport.requests).toEqual([]);
  });

  test('tools come and go', async () => {
    const did: string[] = [];
    const named = (name: string, as: string) => doing(name, () => void did.push(as));
    const { run, bodies } = runOf(
      [{ says: [{ call: 'do' }] }, { says: [{ call: 'new' }, { call: 'see' }, { call: 'do' }] }, { says: ['ok'] }],
      {
        params: { tools: [named('do', 'old do'), named('see', 'see')] },
        options: {
          onEvent(event) {
            if (event.type !== 'tool_finished' || event.turn !== 1) return;
            run.addTools(named('new', 'new'), named('do', 'new do'), named('gone', 'gone'));
            run.removeTools('see', 'gone');
          },
        },
      },
    );
    await run.end();
    expect(did).toEqual(['old do', 'new', 'new do']);
    expect(bodies().map(toolNames)).toEqual([
      ['do', 'see'],
      ['new', 'do'],
      ['new', 'do'],
    ]);
    expect(lastResults(bodies()[2]?.messages ?? [])[1]).toMatchObject({
      is_error: true,
      content: expect.stringMatching(/no tool "see"/),
    });
  });
});
