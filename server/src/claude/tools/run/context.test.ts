/** What a run takes along from turn to turn: containers, and summaries of long conversations. */
import { describe, expect, test } from 'vitest';
import { request } from '../../../../../test/harness/claudeCalls.ts';
import { doing, inShort, runOf, toldBy } from '../../../../../test/harness/toolRuns.ts';

const [question] = request.messages;
const text = (content: string) => ({ type: 'text', text: content });
const said = (...blocks: readonly object[]) => ({ role: 'assistant', content: blocks });
const _thought = { type: 'thinking', thinking: 'Hm.', signature: 's' };
const tools = [doing('do')];
const call = { call: 'do', id: 't' };
const _block = { type: 'tool_use', id: 't', name: 'do', input: {} };
const _refused = (reason: string) => ({
  role: 'user',
  content: [
    { type: 'tool_result', tool_use_id: 't', content: `Not run: the answer ended with ${reason}.`, is_error: true },
  ],
});

describe('a container', () => {
  test.each<[object, unknown, unknown]>([
    [{}, undefined, 'c1'],
    [{ container: 'c0' }, 'c0', 'c1'],
    [
      { container: { skills: [{ type: 'custom', skill_id: 's' }] } },
      { skills: [{ type: 'custom', skill_id: 's' }] },
      { skills: [{ type: 'custom', skill_id: 's' }], id: 'c1' },
    ],
  ])('that an answer names is the one of the next turn: %j', async (params, first, later) => {
    const { run, bodies } = runOf(
      [
        { says: [call], ends: { container: { id: 'c1', expires_at: 'x' } } },
        { says: [{ call: 'do' }], ends: { container: null } },
        { says: ['b'] },
      ],
      {
        params: { tools, ...params },
      },
    );
    await run.end();
    expect(bodies().map(({ container }) => container)).toEqual([first, later, later]);
  });
});

describe('a long conversation', () => {
  const summary = { type: 'compaction', content: 'So far.', signature: 'x' };
  const compaction = { above: 150, instructions: 'Briefly.' };
  const params = {
    tools,
    stop_sequences: ['x'],
    output_config: {
      effort: 'low' as const,
      format: { type: 'json_schema' as const, schema: { type: 'object', additionalProperties: false } },
    },
  };

  test('is summarised by the service, and goes on from the summary', async () => {
    const { run, bodies, transport } = runOf(
      [{ says: [call] }, { says: [summary], stop: 'compaction' }, { says: ['b'] }],
      { params, options: { compaction } },
    );
    const told = await toldBy(run);
    const [, second, third] = bodies();
    expect(second).toMatchObject({
      compaction: { type: 'summarize', instructions: 'Briefly.' },
      output_config: { effort: 'low' },
      tools: [{ name: 'do' }],
    });
    expect(second).not.toHaveProperty('stop_sequences');
    expect(second?.output_config).not.toHaveProperty('format');
    expect(second?.messages).toHaveLength(3);
    expect(transport.requests.map(({ headers }) => headers['anthropic-beta'])).toEqual([
      undefined,
      'compact-2026-09-04',
      'compact-2026-09-04',
    ]);
    expect(third).toMatchObject({ messages: [said(summary)], stop_sequences: ['x'] });
    expect(third).not.toHaveProperty('compaction');
    expect(run.messages).toEqual([said(summary), said(text('b'))]);
    expect(inShort(told).filter((name) => name === 'turn_started')).toHaveLength(3);
  });

  test('stays as it is when there is no summary, and is not summarised again and again', async () => {
    const failed = { type: 'compaction', content: null };
    const { run, bodies } = runOf(
      [{ says: [call] }, { says: [failed], stop: 'compaction' }, { says: [{ call: 'do', id: 'u' }] }, { says: ['b'] }],
      { params, options: { compaction } },
    );
    const told = await toldBy(run);
    expect(bodies().map(({ compaction: asked }) => asked !== undefined)).toEqual([false, true, false, false]);
    expect(bodies()[2]?.messages).toHaveLength(3);
    expect(told.some(({ type }) => type === 'warning')).toBe(true);
  });

  test('that the service summarises by itself goes on with the whole answer', async () => {
    const edits = [{ type: 'compact_20260112', pause_after_compaction: true }] as const;
    const { run, bodies } = runOf([{ says: [summary], stop: 'compaction' }, { says: ['b'] }], {
      params: { tools, context_management: { edits } },
    });
    await run.end();
    expect(bodies()[1]?.messages).toEqual([question, said(summary)]);
  });

  test.each([
    [{ compaction: { type: 'summarize' as const } }, {}, /every request/],
    [{ context_management: { edits: [{ type: 'compact_20260112' as const }] } }, { compaction }, /exclude each other/],
  ])('is not summarised in two ways: %j', async (more, options, says) => {
    const { run, transport } = runOf([{}], { params: more, options });
    await expect(run.end()).rejects.toMatchObject({ kind: 'configuration', message: expect.stringMatching(says) });
    expect(transport.requests).toEqual([]);
  });
});
