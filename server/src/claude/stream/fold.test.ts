/** What the events of a stream add up to, rule by rule (API reference, "Streaming messages"). */
import { describe, expect, test } from 'vitest';
import { streamed } from '../../../../test/harness/claudeCalls.ts';
import { block, end, json, start, text, written } from '../../../../test/harness/streams.ts';
import type { Message } from '../index.ts';

type Events = Parameters<typeof written>[0];

function folded(events: Events): Promise<Message> {
  return streamed(written(events), 'end').finalMessage();
}

/** The first block of a message that has only this one. */
async function foldedBlock(content: object, ...deltas: readonly object[]) {
  const message = await folded([start(), ...block(0, { ...content }, ...deltas), ...end()]);
  return message.content[0];
}

function delta(fields: object, usage: object | null = null, others: object = {}): Events[number] {
  return { type: 'message_delta', delta: fields, usage, ...others };
}

const stop = { type: 'message_stop' };

describe('the message', () => {
  test('gets every field of its deltas, known or not, and keeps what makes it what it is', async () => {
    const fields = {
      stop_reason: 'refusal',
      stop_sequence: null,
      stop_details: { category: 'bio', explanation: 'No.', recommended_model: 'm', fallback_credit_token: 't' },
      container: { id: 'c', expires_at: 'x', skills: [] },
      novelty: { deep: [1] },
    };
    const others = {
      context_management: { applied_edits: [{ type: 'clear_tool_uses_20250919', cleared_tool_uses: 2 }] },
      input_transformations: [{ type: 'thinking_dropped', path: 'messages.1', reason: 'r' }],
    };
    const identity = { id: 'other', type: 'other', role: 'user', model: 'other', content: [] };
    const message = await folded([start(), delta({ ...fields, ...identity }, null, others), stop]);
    expect(message).toMatchObject({ ...fields, ...others });
    expect(message).toMatchObject({ id: 'msg_01', type: 'message', role: 'assistant', model: 'claude-sonnet-5-5' });
  });

  test('takes the last word of several deltas, and what only an earlier one said', async () => {
    const message = await folded([
      start(),
      delta({ stop_reason: 'end_turn', stop_sequence: null, container: { id: 'first' } }, { output_tokens: 5 }),
      delta({ stop_reason: 'stop_sequence', stop_sequence: 'END', stop_details: null }, { output_tokens: 7 }),
      stop,
    ]);
    expect(message).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'END', stop_details: null });
    expect(message).toMatchObject({ container: { id: 'first' }, usage: { output_tokens: 7 } });
  });

  test('has counts that replace each other and never add, where null or nothing keeps the earlier one', async () => {
    const usage = {
      input_tokens: 10,
      output_tokens: 1,
      cache_read_input_tokens: 100,
      cache_creation_input_tokens: null,
      service_tier: 'standard',
    };
    const counts = {
      output_tokens: 20,
      input_tokens: null,
      cache_read_input_tokens: 90,
      output_tokens_details: { thinking_tokens: 5 },
      server_tool_use: { web_search_requests: 2 },
      iterations: [{ type: 'message', input_tokens: 10, output_tokens: 20 }],
      fallback_credit: { tokens: 3 },
    };
    const message = await folded([
      start({ usage }),
      delta({}, counts),
      delta({}, { output_tokens: 30 }),
      delta({}),
      stop,
    ]);
    expect(message.usage).toEqual({ ...usage, ...counts, input_tokens: 10, output_tokens: 30 });
  });

  test('is that of the model that another one handed over to', async () => {
    const models = ['claude-opus-4-8', 'claude-haiku-5-5'];
    const handovers = models.map((model) => ({ type: 'fallback', from: { model: 'x' }, to: { model } }));
    const events = [start(), ...handovers.flatMap((content, at) => block(at, content)), ...end()];
    const message = await folded(events);
    expect(message.model).toBe('claude-haiku-5-5');
    expect(message.content).toEqual(handovers);
    for (const odd of [{}, { to: null }, { to: { model: 5 } }])
      expect((await folded([start(), ...block(0, { type: 'fallback', ...odd }), ...end()])).model).toBe(
        'claude-sonnet-5-5',
      );
  });
});

describe('a block', () => {
  test('of a tool without input has an empty one, also where the service says null', async () => {
    const call = { type: 'tool_use', id: 't', name: 'n' };
    expect(await foldedBlock({ ...call, input: {} })).toEqual({ ...call, input: {} });
    expect(await foldedBlock({ ...call, input: {} }, ...json(''))).toEqual({ ...call, input: {} });
    expect(await foldedBlock({ ...call, input: null })).toEqual({ ...call, input: {} });
    expect(await foldedBlock({ ...call, input: { a: 1 } })).toEqual({ ...call, input: { a: 1 } });
    expect(await foldedBlock({ ...call, input: { a: 1 } }, ...json('{"b":2}'))).toEqual({ ...call, input: { b: 2 } });
  });

  test('of thinking takes its signature once, whole', async () => {
    const thinking = { type: 'thinking', thinking: '', signature: 'old' };
    const signature = { type: 'signature_delta', signature: 'EqQB' };
    const thought = { type: 'thinking_delta', thinking: 'Hm', estimated_tokens: 3 };
    expect(await foldedBlock(thinking, thought, signature)).toEqual({
      type: 'thinking',
      thinking: 'Hm',
      signature: 'EqQB',
    });
    expect(await foldedBlock(thinking, signature)).toEqual({ type: 'thinking', thinking: '', signature: 'EqQB' });
  });

  test('of a compaction takes all that comes with it, and null stays null', async () => {
    const empty = { type: 'compaction', content: null };
    const all = { content: 'c', encrypted_content: 'E', signature: 's', tool_changes: [{ type: 'tool_addition' }] };
    expect(await foldedBlock(empty, { type: 'compaction_delta', ...all })).toEqual({ type: 'compaction', ...all });
    expect(await foldedBlock(empty, { type: 'compaction_delta', content: null })).toEqual(empty);
  });

  test('that is not known ignores deltas, and no delta changes a block of another kind', async () => {
    const hologram = { type: 'hologram', text: 'x', data: [1] };
    const deltas = [
      ...text('y'),
      ...json('{}'),
      { type: 'hologram_delta', data: 2 },
      { type: 'signature_delta', signature: 's' },
    ];
    expect(await foldedBlock(hologram, ...deltas)).toEqual(hologram);
    expect(await foldedBlock({ type: 'text', text: '' }, ...text('y'), ...deltas.slice(1))).toEqual({
      type: 'text',
      text: 'y',
    });
  });
});

describe('citations', () => {
  const citation = (at: number) => ({ type: 'char_location', cited_text: 'x', start_char_index: at });
  const citing = (count: number, citations: unknown) =>
    written([
      start(),
      ...block(
        0,
        { type: 'text', text: '', citations },
        ...Array.from({ length: count }, (_, at) => ({ type: 'citations_delta', citation: citation(at) })),
      ),
      ...end(),
    ]);

  test.each([[null], [undefined], [[]]])('are all there, in order, after %s', async (first) => {
    const [part] = (await streamed(citing(3, first), 'end').finalMessage()).content;
    expect(part).toMatchObject({ citations: [citation(0), citation(1), citation(2)] });
  });

  test('R3: are added to one list, which is not copied, and is not that of the event', async () => {
    const stream = streamed(citing(50, [citation(7)]), 'end');
    const lists = new Set<unknown>();
    let begun: unknown;
    for await (const event of stream) {
      const [part] = stream.snapshot?.content ?? [];
      if (part?.type === 'text') lists.add(part.citations);
      if (event.type === 'content_block_start' && event.content_block.type === 'text')
        begun = event.content_block.citations;
    }
    expect(lists.size).toBe(1);
    expect(begun).toEqual([citation(7)]);
    expect([...lists][0]).toHaveLength(51);
  });
});
