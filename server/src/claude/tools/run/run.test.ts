/** Runs of tools: what is asked, run, answered and told. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { clientFor, request } from '../../../../../test/harness/claudeCalls.ts';
import { brokenRules } from '../../../../../test/harness/historyRules.ts';
import { doing, inShort, lastResults, runOf, toldBy } from '../../../../../test/harness/toolRuns.ts';
import { answersOf } from '../../../../../test/harness/turns.ts';
import {
  createMemoryStore,
  memoryTool,
  type ToolContext,
  ToolError,
  textEditorTool,
  tool,
  toolset,
} from '../../index.ts';

const add = tool({
  name: 'add',
  description: 'Adds.',
  input: z.object({ a: z.number(), b: z.number().default(1) }),
  run: ({ a, b }) => a + b,
});
const addTwo = { call: 'add', id: 'toolu_a', input: { a: 2 } };

describe('a run', () => {
  test('asks, runs the tool, answers, and asks again', async () => {
    const { run, bodies } = runOf([{ says: ['Let me see.', addTwo] }, { says: ['3.'] }], { params: { tools: [add] } });
    expect((await run.finalMessage()).content).toEqual([{ type: 'text', text: '3.' }]);
    const [first, second] = bodies();
    expect(first).toEqual({ ...request, tools: [JSON.parse(JSON.stringify(add))], stream: true });
    expect(second).toEqual({
      ...first,
      messages: [
        request.messages[0],
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Let me see.' },
            { type: 'tool_use', id: 'toolu_a', name: 'add', input: { a: 2 } },
          ],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_a', content: '3' }] },
      ],
    });
    expect(run.messages.slice(0, 3)).toEqual(second?.messages);
    expect(run.messages.at(-1)).toEqual({ role: 'assistant', content: [{ type: 'text', text: '3.' }] });
    expect(run.ending).toMatchObject({ reason: 'finished' });
    expect(run.usage).toEqual({ turns: 2, tokens: 2 * (25 + 100 + 42), dollars: expect.closeTo(0.00098) });
  });

  test('tells what happens, in order, with the stream in between', async () => {
    const { run, clock } = runOf([{ says: ['a', addTwo] }, { says: ['3.'] }], {
      params: { tools: [add] },
    });
    const told = await toldBy(run);
    expect(inShort(told)).toEqual([
      'turn_started',
      'tool_started add',
      'tool_finished add done',
      'turn_finished',
      'turn_started',
      'turn_finished',
      'finished finished',
    ]);
    expect(told.find(({ type }) => type === 'tool_started')).toMatchObject({
      turn: 1,
      call: { id: 'toolu_a', name: 'add', toolset: undefined, input: { a: 2, b: 1 } },
    });
    expect(told.filter((event) => event.type === 'stream' && event.turn === 2)).toHaveLength(6);
    expect(clock.pending).toBe(0);
  });

  test('gives its text piece by piece, over all turns', async () => {
    const { run } = runOf([{ says: ['Let me ', addTwo] }, { says: ['3.'] }], { params: { tools: [add] } });
    const texts: string[] = [];
    for await (const text of run.text()) texts.push(text);
    expect(texts).toEqual(['Let me ', '3.']);
  });

  test('sends blocks back as they came, byte for byte, and only ever adds', async () => {
    const odd = [
      { type: 'thinking', thinking: '', signature: 'EqQB', novelty: [1] },
      { type: 'redacted_thinking', data: 'x' },
      { type: 'hologram', data: { z: 1, a: null } },
      { type: 'text', text: 'T', citations: null },
    ];
    const call = { call: 'add', input: { b: 2, a: 1, more: { z: 'é', a: [] } } };
    const { run, transport } = runOf(
      [
        { says: [...odd, call, { ...call, input: { a: 7 } }] },
        { says: [odd[0] ?? '', { call: 'add', input: { a: 9 } }] },
        {},
      ],
      { params: { tools: [add] } },
    );
    await run.end();
    const sent = transport.requests.map(({ body }) => String(body));
    const messagesOf = (body = '') => /"messages":(\[.*)\],"tools"/.exec(body)?.[1] ?? 'none';
    for (let at = 1; at < sent.length; at++)
      expect(messagesOf(sent[at]).startsWith(messagesOf(sent[at - 1]))).toBe(true);
    expect(sent[1]).toContain(odd.map((block) => JSON.stringify(block)).join(','));
    expect(sent[1]).toContain('"input":{"b":2,"a":1,"more":{"z":"é","a":[]}}');
  });

  test('begins when it is first read, and has one reader', async () => {
    const { run, transport } = runOf([{ says: ['a'] }]);
    expect([transport.requests.length, run.ending, run.messages]).toEqual([0, undefined, request.messages]);
    const told = toldBy(run);
    expect(() => run[Symbol.asyncIterator]()).toThrow(/one reader/);
    expect((await run.finalMessage()).stop_reason).toBe('end_turn');
    expect(inShort(await told)).toHaveLength(3);
    expect(transport.requests).toHaveLength(1);
  });

  test('waits for its reader', async () => {
    const { run } = runOf([{ says: ['a', 'b', 'c', addTwo] }, { says: ['d'] }], { params: { tools: [add] } });
    const iterator = run[Symbol.asyncIterator]();
    for (let read = 0; read < 5; read++) await iterator.next();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(run.usage.turns).toBe(0);
    for await (const event of { [Symbol.asyncIterator]: () => iterator }) if (event.type === 'finished') break;
    expect(run.usage.turns).toBe(2);
  });
});

describe('a call that is not run', () => {
  test.each<[string, object, string | RegExp]>([
    ['of a tool that is not there', { call: 'sub' }, 'There is no tool "sub". The tools are: add.'],
    [
      'S35: of a name that every object has',
      { call: '__proto__' },
      'There is no tool "__proto__". The tools are: add.',
    ],
    ['S35: of another such name', { call: 'constructor' }, /There is no tool/],
    ['of a very long name', { call: 'x'.repeat(5_000) }, /^There is no tool "x{100}"\. The tools/],
    ['of a toolset that is not there', { call: 'add', more: { toolset_name: 'computer' } }, /There is no tool "add"/],
    [
      'with an input that does not fit',
      { call: 'add', input: { a: '1', b: null } },
      'The input does not fit:\n- a: Invalid input: expected number, received string\n- b: Invalid input: expected number, received null',
    ],
    ['R13: with broken JSON', { call: 'add', json: ['{"a": 1', ', oops'] }, '{"INVALID_JSON":"{\\"a\\": 1, oops"}'],
    ['R13: with JSON that is no object', { call: 'add', json: ['[1]'] }, '{"INVALID_JSON":"[1]"}'],
  ])('%s is answered with an error', async (_name, call, says) => {
    const { run, bodies } = runOf([{ says: [call as { call: string }] }, { says: ['ok'] }], {
      params: { tools: [add] },
    });
    expect((await run.end()).reason).toBe('finished');
    const [result] = lastResults(bodies()[1]?.messages ?? []);
    expect(result).toMatchObject({
      is_error: true,
      content: typeof says === 'string' ? says : expect.stringMatching(says),
    });
  });

  test('of a tool that the caller cannot run is refused before anything is sent', async () => {
    const { run, transport } = runOf([{}], { params: { tools: [{ name: 'a', input_schema: { type: 'object' } }] } });
    await expect(run.end()).rejects.toMatchObject({
      kind: 'configuration',
      message: expect.stringMatching(/nothing to run/),
    });
    expect(transport.requests).toEqual([]);
  });
});

test('what a tool does to its input does not reach the conversation', async () => {
  const changing = doing('change', (input) => {
    input['a'] = 'changed';
    (input['deep'] as { x: number }).x = 2;
  });
  const { run, bodies } = runOf([{ says: [{ call: 'change', input: { a: 'a', deep: { x: 1 } } }] }, {}], {
    params: { tools: [changing] },
  });
  await run.end();
  expect(JSON.stringify(bodies()[1])).toContain('"input":{"a":"a","deep":{"x":1}}');
});

test('a tool is told who calls it, and may tell how far it is', async () => {
  const seen: ToolContext[] = [];
  const slow = doing('slow', (_input, context) => {
    seen.push(context);
    context.report({ percent: 50 });
  });
  const { run } = runOf([{ says: ['a', { call: 'slow', id: 't' }] }, {}], { params: { tools: [slow] } });
  const told = await toldBy(run);
  expect(seen).toMatchObject([{ id: 't', name: 'slow', message: { id: 'msg_01', stop_reason: 'tool_use' } }]);
  expect(told.filter(({ type }) => type === 'tool_progress')).toMatchObject([
    { progress: { percent: 50 }, call: { id: 't' } },
  ]);
  seen[0]?.report('too late');
});

describe('members of a toolset', () => {
  const member = (name: string, id: string, input: object = {}) => ({
    call: name,
    id,
    input,
    more: { toolset_name: 'computer' },
  });
  test('run in order, stop at the first that fails, and are answered with their toolset', async () => {
    const did: unknown[] = [];
    const computer = toolset({
      type: 'computer_toolset_20260801',
      configs: { zoom: { enabled: false } },
      async run({ member: name, input }) {
        did.push([name, input]);
        await new Promise((resolve) => setImmediate(resolve));
        if (name === 'key') throw new ToolError('stuck');
      },
    });
    const calls = [
      member('left_click', 'a', { coordinate: [1, 2] }),
      member('key', 'b'),
      member('type', 'c'),
      { call: 'add', id: 'd', input: { a: 1 } },
    ];
    const { run, bodies } = runOf([{ says: calls }, {}], { params: { tools: [computer, add] } });
    await run.end();
    expect(did).toEqual([
      ['left_click', { coordinate: [1, 2] }],
      ['key', {}],
    ]);
    expect(bodies()[0]?.tools?.[0]).toEqual({
      type: 'computer_toolset_20260801',
      configs: { zoom: { enabled: false } },
    });
    expect(lastResults(bodies()[1]?.messages ?? [])).toEqual([
      { type: 'tool_result', tool_use_id: 'a', toolset_name: 'computer' },
      { type: 'tool_result', tool_use_id: 'b', toolset_name: 'computer', content: 'stuck', is_error: true },
      {
        type: 'tool_result',
        tool_use_id: 'c',
        toolset_name: 'computer',
        content: 'Not run: an earlier action of this answer failed.',
        is_error: true,
      },
      { type: 'tool_result', tool_use_id: 'd', content: '2' },
    ]);
  });
});

test('tools of all kinds stand side by side in a request that is written out', async () => {
  const { claude, transport } = clientFor(answersOf({ says: ['ok'] }));
  const run = claude.messages.runTools({
    model: 'claude-sonnet-5-5',
    max_tokens: 1_000,
    messages: [{ role: 'user', content: 'hi' }],
    tools: [
      add,
      { ...add, name: 'add_again', cache_control: { type: 'ephemeral' } },
      memoryTool(createMemoryStore()),
      textEditorTool({ run: () => 'ok' }),
      toolset({ type: 'browser_toolset_20260801', run: () => 'ok' }),
      { type: 'web_search_20260318', name: 'web_search', max_uses: 2 },
    ],
  });
  await run.end();
  const { tools } = JSON.parse(String(transport.requests[0]?.body));
  expect(tools.map(({ type, name }: { type?: string; name?: string }) => type ?? name)).toEqual([
    'add',
    'add_again',
    'memory_20250818',
    'text_editor_20250728',
    'browser_toolset_20260801',
    'web_search_20260318',
  ]);
});

test('the judge of histories sees what is wrong', () => {
  const call = { role: 'assistant', content: [{ type: 'tool_use', id: 'a' }] };
  const result = { type: 'tool_result', tool_use_id: 'a' };
  const text = { type: 'text', text: 'x' };
  const working = {
    role: 'assistant',
    content: [
      { type: 'server_tool_use', id: 's' },
      { type: 'tool_use', id: 'a' },
    ],
  };
  for (const [wrong, says] of [
    [[call], 'a is not answered'],
    [[call, { role: 'user', content: 'hi' }], 'a is not answered'],
    [[call, { role: 'user', content: [text, result] }], 'something stands before results'],
    [[call, { role: 'user', content: [result, result] }], 'a comes twice'],
    [[{ role: 'user', content: [result] }], 'a was not called'],
    [[call, { role: 'user', content: [{ ...result, is_error: true }] }], 'an error without a word'],
    [[{ role: 'assistant', content: [] }], 'says nothing'],
    [[working, { role: 'user', content: [result, text] }], 'text is said while a tool of the service'],
    [
      [
        { role: 'assistant', content: [{ type: 'server_tool_use', id: 's' }] },
        { role: 'user', content: 'x' },
      ],
      'something is said',
    ],
  ] as const)
    expect(brokenRules(wrong).join()).toContain(says);
  expect(brokenRules([call, { role: 'user', content: [result, text] }])).toEqual([]);
});

test('what the person says meanwhile stands behind the results, in the same turn', async () => {
  const said = [undefined, [{ type: 'text', text: 'The tests, too.' } as const]];
  const { run, bodies } = runOf(
    [{ says: [{ call: 'quick', id: 'a' }] }, { says: [{ call: 'quick', id: 'b', input: { n: 1 } }] }, { says: ['ok'] }],
    {
      params: { tools: [doing('quick')] },
      options: { interject: () => said.shift() },
    },
  );
  await run.end();
  const last = bodies().at(-1)?.messages ?? [];
  expect(last.map(({ content }) => (Array.isArray(content) ? content.map(({ type }) => type) : content))).toEqual([
    'hi',
    ['tool_use'],
    ['tool_result'],
    ['tool_use'],
    ['tool_result', 'text'],
  ]);
});
