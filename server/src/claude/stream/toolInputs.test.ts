/** The inputs of tools while they come in, as a reader sees them. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import { failureOf, streamed, textOf } from '../../../../test/harness/claudeCalls.ts';
import { random, scaled } from '../../../../test/harness/scale.ts';
import { block, end, json, start, streams, text, written } from '../../../../test/harness/streams.ts';
import type { DeepPartial, MessageStream, ToolInputStep } from '../index.ts';
import { toolInputOf } from '../index.ts';

const call = { type: 'tool_use', id: 'toolu_1', name: 'edit', input: {} };

/** The events of a message with one call whose input comes in these pieces. */
function calling(...pieces: readonly string[]) {
  return [start(), ...block(0, call, ...json(...pieces)), ...end('tool_use')];
}

/** Every step, with the value as it was then. */
async function stepsOf(stream: MessageStream): Promise<readonly object[]> {
  const steps: object[] = [];
  for await (const step of stream.toolInputs()) steps.push({ ...step, value: structuredClone(step.value) });
  return steps;
}

describe('the inputs of tools', () => {
  test('are seen piece by piece, and once more when they are whole', async () => {
    const bytes = written(calling('', '{"path": "a', '.ts", "li', 'nes": [1', '2]}'));
    const common = { index: 0, type: 'tool_use', id: 'toolu_1', name: 'edit' };
    expect(await stepsOf(streamed(bytes, 'end'))).toEqual([
      { ...common, state: 'open', text: '', value: undefined },
      { ...common, state: 'open', text: '{"path": "a', value: { path: 'a' } },
      { ...common, state: 'open', text: '{"path": "a.ts", "li', value: { path: 'a.ts' } },
      { ...common, state: 'open', text: '{"path": "a.ts", "lines": [1', value: { path: 'a.ts', lines: [] } },
      { ...common, state: 'open', text: '{"path": "a.ts", "lines": [12]}', value: { path: 'a.ts', lines: [12] } },
      { ...common, state: 'complete', text: '{"path": "a.ts", "lines": [12]}', value: { path: 'a.ts', lines: [12] } },
    ]);
  });

  test('of all kinds of calls are seen, and nothing else', async () => {
    const events = [
      start(),
      ...block(0, { type: 'text', text: '' }, ...text('Let me see.')),
      ...block(1, { ...call, type: 'server_tool_use', name: 'web_search' }, ...json('{"query":"x"}')),
      ...block(2, { ...call, type: 'mcp_tool_use', name: 'list', server_name: 's' }),
      ...block(3, call, ...json('{}')),
      ...end('tool_use'),
    ];
    const steps = await stepsOf(streamed(written(events), 'end'));
    expect(steps.map((step) => ('type' in step && 'state' in step ? `${step.type} ${step.state}` : ''))).toEqual([
      'server_tool_use open',
      'server_tool_use complete',
      'mcp_tool_use complete',
      'tool_use open',
      'tool_use complete',
    ]);
  });

  test('R13: that are no JSON keep what came before the mistake', async () => {
    const bytes = written(calling('{"path": "a.ts", "x": ', 'oops', ', "y": 1}'));
    const steps = await stepsOf(streamed(bytes, 'end'));
    expect(steps.at(-1)).toMatchObject({ state: 'invalid', value: { path: 'a.ts' } });
    expect(steps.map((step) => 'state' in step && step.state)).toEqual(['open', 'open', 'open', 'invalid']);
  });

  test('R4: that are cut end with a step that says so, before the error', async () => {
    const [first, blockStart, ...rest] = calling('{"path": "a.t', 's", ');
    const bytes = written([first, blockStart, ...rest.slice(0, 2)].filter((event) => event !== undefined));
    const steps: object[] = [];
    const read = async () => {
      for await (const { state, value, text } of streamed(bytes, 'end').toolInputs())
        steps.push({ state, value, text });
    };
    const error = await failureOf(read());
    expect(error.kind).toBe('truncated');
    expect(steps.at(-1)).toEqual({ state: 'cut', value: { path: 'a.ts' }, text: '{"path": "a.ts", ' });
    const [cut] = error.partial?.content ?? [];
    expect(cut && toolInputOf(cut)).toMatchObject({ state: 'cut', value: { path: 'a.ts' } });
  });

  test('that the end of the message leaves open are cut, too', async () => {
    const events = calling('{"path": "a').filter(({ type }) => type !== 'content_block_stop');
    expect((await stepsOf(streamed(written(events), 'end'))).at(-1)).toMatchObject({
      state: 'cut',
      value: { path: 'a' },
    });
  });

  test('are cut when the call is aborted', async () => {
    const stream = streamed(written(calling('{"path": "a')).subarray(0, -200), { after: 1 });
    const reader = stream.toolInputs()[Symbol.asyncIterator]();
    expect((await reader.next()).value).toMatchObject({ state: 'open' });
    stream.abort();
    expect((await reader.next()).value).toMatchObject({ state: 'cut', value: { path: 'a' } });
    expect(await failureOf(reader.next())).toMatchObject({ kind: 'aborted' });
  });

  test('have one reader, which the message does not disturb', async () => {
    const stream = streamed(written(streams['a tool'] ?? []), 'end');
    const reading = stepsOf(stream);
    expect(() => stream.toolInputs()[Symbol.asyncIterator]()).toThrow('one reader');
    expect(textOf(await stream.finalMessage())).toBe('Let me see.');
    expect((await reading).length).toBe(5);
  });

  test('are the same however the bytes are cut', async () => {
    const bytes = written(calling('', '{"path": "a😀', '.ts", "n": [1.5e', '3, {"x": "\\ud83d', '\\ude00"}]}'));
    const whole = await stepsOf(streamed(bytes, 'end'));
    const next = random();
    for (let round = 0; round < scaled(500); round++) {
      const place = Math.floor(next() * bytes.length);
      expect(await stepsOf(streamed(bytes.subarray(0, place), bytes.subarray(place), 'end'))).toEqual(whole);
    }
  });
});

describe('the value of an input', () => {
  test('is one object that grows, and in the end the input itself', async () => {
    const values = new Set<unknown>();
    const stream = streamed(written(calling('{"a": "x', 'y", "b": [', '1', ']}')), 'end');
    let last: unknown;
    for await (const { state, value } of stream.toolInputs()) {
      last = value;
      if (state === 'open') values.add(value);
    }
    const [part] = (await stream.finalMessage()).content;
    expect([...values]).toEqual([{ a: 'xy', b: [1] }]);
    expect(part?.type === 'tool_use' && part.input).toBe(last);
  });

  test.each([0, 1, 2, 3, 4, 5])('can be asked for at any time, of the snapshot too: from event %i on', async (from) => {
    const stream = streamed(written(calling('{"a"', ': "x', 'y"', ', "b": tr', 'ue}')), 'end');
    const seen: unknown[] = [];
    for await (const { type } of stream) {
      const [part] = stream.snapshot?.content ?? [];
      if (type === 'content_block_delta' && part !== undefined)
        seen.push(seen.length < from ? 'unread' : structuredClone(toolInputOf(part)?.value));
    }
    const all = [{}, { a: 'x' }, { a: 'xy' }, { a: 'xy' }, { a: 'xy', b: true }];
    expect(seen).toEqual(all.map((value, at) => (at < from ? 'unread' : value)));
  });

  test('has the type that the caller gives it', () => {
    interface Edit {
      readonly path: string;
      readonly mode: 'all' | 'first';
      readonly edits: readonly { readonly line: number; readonly text: string }[];
      readonly range: readonly [from: number, to: number];
      readonly any: unknown;
    }
    const steps = (stream: MessageStream) => stream.toolInputs<{ edit: Edit; read: { path: string } }>();
    type Step = ReturnType<typeof steps> extends AsyncIterable<infer Item> ? Item : never;
    expectTypeOf<Extract<Step, { name: 'edit' }>>().toEqualTypeOf<ToolInputStep<'edit', Edit>>();
    expectTypeOf<Extract<Step, { name: 'read' }>['value']>().toEqualTypeOf<{ readonly path?: string } | undefined>();
    expectTypeOf<DeepPartial<Edit>>().toEqualTypeOf<{
      readonly path?: string;
      readonly mode?: string;
      readonly edits?: readonly { readonly line?: number; readonly text?: string }[];
      readonly range?: readonly [from?: number, to?: number];
      readonly any?: unknown;
    }>();
    expectTypeOf<ToolInputStep['value']>().toEqualTypeOf<unknown>();
  });
});
