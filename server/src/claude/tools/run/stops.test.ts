/** How runs follow the reasons for which answers stop. */
import { describe, expect, test } from 'vitest';
import { problem, request } from '../../../../../test/harness/claudeCalls.ts';
import { brokenRules } from '../../../../../test/harness/historyRules.ts';
import { doing, inShort, lastResults, runOf, toldBy, toolNames } from '../../../../../test/harness/toolRuns.ts';
import { answersOf, type Turn } from '../../../../../test/harness/turns.ts';
import type { MessageParam } from '../../index.ts';

const [question] = request.messages;
const text = (content: string) => ({ type: 'text', text: content });
const said = (...blocks: readonly object[]) => ({ role: 'assistant', content: blocks });
const thought = { type: 'thinking', thinking: 'Hm.', signature: 's' };
const tools = [doing('do')];
const call = { call: 'do', id: 't' };
const block = { type: 'tool_use', id: 't', name: 'do', input: {} };
const refused = (reason: string) => ({
  role: 'user',
  content: [
    { type: 'tool_result', tool_use_id: 't', content: `Not run: the answer ended with ${reason}.`, is_error: true },
  ],
});

describe('an answer that is the last one', () => {
  test.each<[string, Turn, string, readonly unknown[]]>([
    ['end_turn', { says: ['a'] }, 'finished', [said(text('a'))]],
    ['stop_sequence', { says: ['a'], stop: 'stop_sequence' }, 'finished', [said(text('a'))]],
    ['a new reason', { says: ['a'], stop: 'something_new' }, 'finished', [said(text('a'))]],
    ['tool_use without a call', { says: ['a'], stop: 'tool_use' }, 'finished', [said(text('a'))]],
    ['a pause without anything to wait for', { says: ['a'], stop: 'pause_turn' }, 'finished', [said(text('a'))]],
    ['nothing said', {}, 'finished', []],
    ['only thought', { says: [thought] }, 'finished', []],
    ['calls, yet end_turn', { says: [call], stop: 'end_turn' }, 'finished', [said(block), refused('end_turn')]],
    ['calls, yet a new reason', { says: [call], stop: 'new' }, 'finished', [said(block), refused('new')]],
    ['refusal', { says: ['I ', call], stop: 'refusal' }, 'refused', []],
    ['max_tokens', { says: ['a', 'b'], stop: 'max_tokens' }, 'truncated', [said(text('a'), text('b'))]],
    [
      'R4: max_tokens inside a call',
      { says: ['a', { ...call, json: ['{"a": '] }], stop: 'max_tokens' },
      'truncated',
      [said(text('a'))],
    ],
    [
      'R4: max_tokens after a call',
      { says: ['a', call], stop: 'max_tokens' },
      'truncated',
      [said(text('a'), block), refused('max_tokens')],
    ],
    ['R4: max_tokens inside the first call', { says: [{ ...call, json: ['{'] }], stop: 'max_tokens' }, 'truncated', []],
    [
      'max_tokens while thinking',
      { says: ['a', { type: 'thinking', thinking: 'Hm' }], stop: 'max_tokens' },
      'truncated',
      [said(text('a'))],
    ],
    [
      'max_tokens while the service works',
      { says: ['a', { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }], stop: 'max_tokens' },
      'truncated',
      [said(text('a'))],
    ],
    [
      'the end of the window',
      { says: ['a', { ...call, json: ['{'] }], stop: 'model_context_window_exceeded' },
      'context_full',
      [said(text('a'))],
    ],
  ])('%s', async (_name, turn, reason, kept) => {
    const did: unknown[] = [];
    const { run, transport } = runOf([turn], { params: { tools: [doing('do', () => did.push('done'))] } });
    const told = await toldBy(run);
    expect(run.ending).toMatchObject({ reason, message: { id: 'msg_01' } });
    expect(run.messages).toEqual([question, ...kept]);
    expect(brokenRules(run.messages)).toEqual([]);
    expect([did, transport.requests.length]).toEqual([[], 1]);
    expect(told.some(({ type }) => type === 'warning')).toBe(/new/.test(turn.stop ?? ''));
  });

  test('R4: is never run from when the stream ends inside a call', async () => {
    const did: unknown[] = [];
    const { run } = runOf([{ says: [{ ...call, json: ['{"a": 1'] }], stop: 'tool_use' }, { says: ['ok'] }], {
      params: { tools: [doing('do', () => did.push('done'))] },
    });
    await run.end();
    expect(did).toEqual([]);
    expect(lastResults(run.messages)).toMatchObject([{ is_error: true, content: '{"INVALID_JSON":"{\\"a\\": 1"}' }]);
  });
});

describe('a turn that pauses', () => {
  const working = { type: 'server_tool_use', id: 's', name: 'web_search', input: {} };
  const found = { type: 'web_search_tool_result', tool_use_id: 's', content: [] };

  test('goes back as it is, with the same tools, and is continued', async () => {
    const { run, bodies } = runOf(
      [{ says: ['a', working], stop: 'pause_turn' }, { says: [found, 'b'], stop: 'pause_turn' }, { says: ['c'] }],
      { params: { tools } },
    );
    run.addTools(doing('other'));
    const told = await toldBy(run);
    expect(bodies().map(({ messages }) => messages)).toEqual([
      [question],
      [question, said(text('a'), working)],
      [question, said(text('a'), working), said(found, text('b'))],
    ]);
    expect(run.messages.at(-1)).toEqual(said(text('c')));
    expect(inShort(told)).toEqual([...Array(3).fill(['turn_started', 'turn_finished']).flat(), 'finished finished']);
  });

  test('keeps its tools while a tool of the service is at work', async () => {
    const { run, bodies } = runOf(
      [{ says: [working], stop: 'pause_turn' }, { says: [found], stop: 'pause_turn' }, { says: ['c'] }],
      {
        params: { tools },
        options: {
          onEvent: ({ type }) => type === 'turn_started' && run.usage.turns === 0 && run.addTools(doing('other')),
        },
      },
    );
    await run.end();
    expect(bodies().map(toolNames)).toEqual([['do'], ['do'], ['do', 'other']]);
  });

  test('too often in a row ends the run, which can go on later', async () => {
    const { run, transport } = runOf([{ says: [working], stop: 'pause_turn' }], { options: { maxPauses: 2 } });
    expect(await run.end()).toMatchObject({ reason: 'limit', limit: 'pauses' });
    expect(transport.requests).toHaveLength(3);
    expect(() => run.continue('and?')).toThrow(/still at work/);
    expect(await run.continue().end()).toMatchObject({ limit: 'pauses' });
    expect(transport.requests).toHaveLength(6);
  });

  test('may wait for tools of both sides: then nothing but results is said', async () => {
    const { run, bodies } = runOf(
      [
        { says: [working, { ...call, more: { caller: { type: 'code_execution_20260521', tool_id: 's' } } }] },
        { says: [found, 'b'] },
      ],
      { params: { tools } },
    );
    await run.end();
    expect(bodies()[1]?.messages.at(-1)).toEqual({
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 't', content: 'ok' }],
    });
  });
});

describe('a model that says nothing to the results of its tools', () => {
  const turns = (...answers: readonly Turn[]) => [{ says: [call] }, ...answers];
  test('is asked to go on, once in a row', async () => {
    const { run, bodies } = runOf(turns({}, { says: ['b'] }), { params: { tools } });
    expect(await run.end()).toMatchObject({ reason: 'finished', message: { content: [text('b')] } });
    expect(bodies()[2]?.messages.slice(-2)).toEqual([
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'ok' }] },
      { role: 'user', content: 'Please go on.' },
    ]);
    const twice = runOf(turns({ says: [' '] }, {}), { params: { tools } });
    expect(await twice.run.end()).toMatchObject({ reason: 'finished', message: { content: [] } });
    expect(twice.bodies()).toHaveLength(3);
  });

  test('is left alone while a tool of the service is at work', async () => {
    const says = [{ type: 'server_tool_use', id: 's', name: 'code_execution', input: {} }, call];
    const { run, bodies } = runOf([{ says }, {}], { params: { tools } });
    expect(await run.end()).toMatchObject({ reason: 'finished' });
    expect(bodies()).toHaveLength(2);
    expect(await run.continue().end()).toMatchObject({ reason: 'finished' });
  });

  test('is asked in the words of the caller, or not at all', async () => {
    const own = runOf(turns({}, { says: ['b'] }), { params: { tools }, options: { nudge: 'And?' } });
    await own.run.end();
    expect(own.run.messages.at(-2)).toEqual({ role: 'user', content: 'And?' });
    const never = runOf(turns({}), { params: { tools }, options: { nudge: false } });
    await never.run.end();
    expect(never.bodies()).toHaveLength(2);
  });
});

describe('a refusal', () => {
  test('turns to another model, which the run stays with, without what the first one thought', async () => {
    const { run, bodies } = runOf(
      [
        { says: [thought, call] },
        { stop: 'refusal' },
        { says: [{ call: 'do', id: 'u' }], begins: { model: 'claude-opus-5-5' } },
        { says: ['b'], begins: { model: 'claude-opus-5-5' } },
      ],
      {
        params: { tools, thinking: { type: 'between_tools' } },
        options: { fallbackModels: ['claude-opus-5-5', 'claude-haiku-5-5'] },
      },
    );
    const told = await toldBy(run);
    const sent = bodies();
    expect(sent.map(({ model }) => model)).toEqual([
      request.model,
      request.model,
      'claude-opus-5-5',
      'claude-opus-5-5',
    ]);
    expect(sent.map(({ thinking }) => thinking?.type)).toEqual([
      'between_tools',
      'between_tools',
      undefined,
      undefined,
    ]);
    expect(sent[1]?.messages[1]?.content).toEqual([thought, block]);
    expect(sent[2]?.messages[1]?.content).toEqual([block]);
    expect(JSON.stringify(sent[3]?.messages).startsWith(JSON.stringify(sent[2]?.messages).slice(0, -1))).toBe(true);
    expect(told.find(({ type }) => type === 'fallback')).toMatchObject({
      turn: 2,
      model: 'claude-opus-5-5',
      refused: [{ stop_reason: 'refusal' }],
    });
    expect(run.usage).toMatchObject({ turns: 3, tokens: 4 * 167 });
  });

  test('ends the run when nobody else is left, and another run may go on with another model', async () => {
    const { run, bodies } = runOf([{ says: [call] }, { says: ['I '], stop: 'refusal' }, { says: ['b'] }], {
      params: { tools },
    });
    expect((await run.end()).reason).toBe('refused');
    expect(await run.continue(undefined, { beforeTurn: () => ({ model: 'claude-opus-5-5' }) }).end()).toMatchObject({
      reason: 'finished',
    });
    expect(bodies()[2]).toMatchObject({ model: 'claude-opus-5-5', messages: bodies()[1]?.messages });
  });
});

describe('R5: a request that fails', () => {
  test('is tried again before its answer has begun: results go out twice, tools run once', async () => {
    const did: unknown[] = [];
    const { run, clock, transport } = runOf([], {
      params: { tools: [doing('do', () => did.push('done'))] },
      answers: [...answersOf({ says: [call] }), problem(529, 'overloaded_error'), ...answersOf({ says: ['b'] })],
      client: { retries: { attempts: 2, random: () => 0.5 } },
    });
    const ended = run.end();
    await clock.pass(60_000);
    expect((await ended).reason).toBe('finished');
    expect([did, transport.requests.length]).toEqual([['done'], 3]);
    expect(transport.requests[1]?.body).toEqual(transport.requests[2]?.body);
  });

  test('ends the run, and the conversation is as it was before it', async () => {
    const { run, transport } = runOf([], {
      params: { tools },
      answers: [...answersOf({ says: [call] }), problem(500, 'api_error'), ...answersOf({ says: ['b'] })],
    });
    const told = toldBy(run);
    await expect(run.end()).rejects.toMatchObject({ kind: 'server' });
    await expect(told).rejects.toMatchObject({ kind: 'server' });
    expect(run.messages).toHaveLength(3);
    expect(brokenRules(run.messages)).toEqual([]);
    const next = run.continue();
    expect((await next.end()).reason).toBe('finished');
    expect(transport.requests[2]?.body).toEqual(transport.requests[1]?.body);
    expect(next.messages).toHaveLength(4);
  });
});

test('what the caller has said can be sent on in another run', async () => {
  const { run, bodies, claude } = runOf([{ says: [call] }, { says: ['b'] }, { says: ['c'] }, { says: ['d'] }], {
    params: { tools },
  });
  expect(() => run.continue('too early')).toThrow(/has not ended/);
  await run.end();
  expect(() => run.continue()).toThrow(/Say something/);
  await run.continue('more').end();
  const messages: readonly MessageParam[] = [...run.messages, { role: 'user', content: 'else' }];
  await claude.messages.runTools({ ...request, tools, messages }).end();
  expect(bodies()[2]?.messages).toEqual([...run.messages, { role: 'user', content: 'more' }]);
  expect(bodies()[3]?.messages).toEqual(messages);
});
