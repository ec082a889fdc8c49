/** Who may stop a call before it runs, and that what was shown is what runs. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { doing, inShort, lastResults, runOf, toldBy } from '../../../../../test/harness/toolRuns.ts';
import { type Approval, type ProposedCall, type ToolRunOptions, tool } from '../../index.ts';

/** A run of one call: what was shown, what ran, and what the model was told. */
async function proposed(approve: ToolRunOptions['approve'], input: object = { path: '/a' }) {
  const shown: ProposedCall[] = [];
  const ran: unknown[] = [];
  const remove = tool({
    name: 'remove',
    input: z.object({ path: z.string().transform((path) => path.trim()), force: z.boolean().default(false) }),
    run: (given) => void ran.push(given),
  });
  const { run, bodies } = runOf([{ says: [{ call: 'remove', id: 't', input }] }, { says: ['ok'] }], {
    params: { tools: [remove] },
    options: {
      approve(call) {
        shown.push(call);
        return approve?.(call) ?? { type: 'allow' };
      },
    },
  });
  const told = await toldBy(run);
  return { shown, ran, told: inShort(told), result: lastResults(bodies()[1]?.messages ?? [])[0] };
}

describe('a call', () => {
  test('that is allowed runs with exactly what was shown', async () => {
    const { shown, ran, told } = await proposed(() => ({ type: 'allow' }), { path: ' /a ' });
    expect(shown).toMatchObject([
      { id: 't', name: 'remove', input: { path: '/a', force: false }, readOnly: false, message: { id: 'msg_01' } },
    ]);
    expect(ran).toEqual([{ path: '/a', force: false }]);
    expect(told).toContain('tool_started remove');
  });

  test('that is denied does not run, and the model is told why', async () => {
    const { ran, told, result } = await proposed(() => ({ type: 'deny', reason: 'That file is needed.' }));
    expect([ran, result]).toEqual([
      [],
      { type: 'tool_result', tool_use_id: 't', content: 'That file is needed.', is_error: true },
    ]);
    expect(told).toContain('tool_finished remove denied');
    expect(told).not.toContain('tool_started remove');
  });

  test('that is changed runs changed, and the model is told of it', async () => {
    const { ran, result } = await proposed(() => ({ type: 'edit', input: { path: '/b ' } }));
    expect(ran).toEqual([{ path: '/b', force: false }]);
    expect(result).toEqual({
      type: 'tool_result',
      tool_use_id: 't',
      content: [{ type: 'text', text: 'The input was changed before the tool ran: {"path":"/b","force":false}' }],
    });
  });

  test('that is changed into one that does not fit ends the run before anything runs', async () => {
    await expect(proposed(() => ({ type: 'edit', input: { path: 1 } }))).rejects.toMatchObject({
      kind: 'configuration',
      field: 'approve',
    });
  });

  test.each([undefined, null, true, 'allow', {}, { type: 'yes' }, { type: 'deny' }])(
    'S5: with %j for an answer does not run',
    async (answer) => {
      const { ran, result } = await proposed(async () => answer as unknown as Approval);
      expect([ran, result]).toMatchObject([[], { is_error: true, content: 'The call was not approved.' }]);
    },
  );

  test('whose input does not fit is not asked about', async () => {
    const { shown, ran } = await proposed(undefined, { path: 5 });
    expect([shown, ran]).toEqual([[], []]);
  });
});

test('what was shown cannot be changed behind the back of whoever approves', async () => {
  const { ran } = await proposed(async (call) => {
    const input = call.input as { path: string };
    expect(Object.isFrozen(input)).toBe(true);
    expect(() => {
      input.path = '/etc';
    }).toThrow(TypeError);
    // The block that the call came in is the conversation's: changing it changes nothing any more.
    const [block] = call.message.content;
    if (block?.type === 'tool_use') (block.input as { path: string }).path = '/etc';
    return { type: 'allow' };
  });
  expect(ran).toEqual([{ path: '/a', force: false }]);
});

test('what cannot be copied is shown as its data', async () => {
  const shown: unknown[] = [];
  const odd = tool({
    name: 'odd',
    input: z.object({ day: z.string().transform((day) => ({ day: new Date(day), act: () => day })) }),
    run: ({ day }) => day.act(),
  });
  const { run } = runOf([{ says: [{ call: 'odd', input: { day: '2026-11-22' } }] }, { says: ['ok'] }], {
    params: { tools: [odd] },
    options: {
      approve({ input }) {
        shown.push(input);
        return { type: 'allow' };
      },
    },
  });
  await run.end();
  expect(shown).toEqual([{ day: { day: '2026-11-22T00:00:00.000Z' } }]);
  expect(lastResults(run.messages)).toMatchObject([{ content: '2026-11-22' }]);
});

test('calls are asked about one at a time, in their order, while those that are allowed run', async () => {
  const events: string[] = [];
  const act = doing('act', async ({ n }) => {
    events.push(`run ${n}`);
    await new Promise((resolve) => setImmediate(resolve));
    events.push(`ran ${n}`);
  });
  const { run } = runOf([{ says: [1, 2, 3].map((n) => ({ call: 'act', input: { n } })) }, { says: ['ok'] }], {
    params: { tools: [act] },
    options: {
      async approve({ input }) {
        const { n } = input as { n: number };
        events.push(`ask ${n}`);
        for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
        events.push(`asked ${n}`);
        return n === 2 ? { type: 'deny', reason: 'no' } : { type: 'allow' };
      },
    },
  });
  await run.end();
  expect(events.filter((event) => event.startsWith('ask'))).toEqual([
    'ask 1',
    'asked 1',
    'ask 2',
    'asked 2',
    'ask 3',
    'asked 3',
  ]);
  expect(events.indexOf('run 1')).toBeLessThan(events.indexOf('asked 2'));
  expect(events).not.toContain('run 2');
});

test('whoever approves may fail: then nothing more runs, and the conversation can go on', async () => {
  const ran: unknown[] = [];
  const failure = new Error('the window was closed');
  const { run } = runOf(
    [
      {
        says: [
          { call: 'act', id: 'a' },
          { call: 'act', id: 'b', input: { n: 1 } },
        ],
      },
      { says: ['ok'] },
    ],
    {
      params: { tools: [doing('act', (input) => void ran.push(input))] },
      options: {
        approve({ id }) {
          if (id === 'b') throw failure;
          return { type: 'allow' };
        },
      },
    },
  );
  await expect(run.end()).rejects.toBe(failure);
  expect(ran).toEqual([{}]);
  expect(lastResults(run.messages)).toMatchObject([
    { tool_use_id: 'a' },
    { tool_use_id: 'b', is_error: true, content: 'Not run: the run was stopped.' },
  ]);
  expect(await run.continue().end()).toMatchObject({ reason: 'finished' });
});
