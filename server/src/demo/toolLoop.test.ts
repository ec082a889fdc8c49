/** The demo's tool loop and structured answers, as a client sees them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, collected } from '../../../test/harness/rawClient.ts';
import { type Demo, startDemo } from './server.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

interface Block {
  readonly type: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: unknown;
  readonly text?: string;
}
interface Answer {
  readonly content: readonly Block[];
  readonly stop_reason: string;
  readonly error?: { readonly message: string };
}

async function answered(messages: readonly object[], more: object = {}): Promise<Answer> {
  const response = await ask(demo, { messages, tools, ...more });
  return (await response.json()) as Answer;
}

const schema = (property: string) => ({
  type: 'object',
  properties: { [property]: { type: 'string' } },
  required: [property],
  additionalProperties: false,
});
const tools = [
  { name: 'read', description: 'Reads.', input_schema: schema('path') },
  { name: 'read_all', description: 'Reads all.', input_schema: schema('folder') },
  { type: 'bash_20250124', name: 'bash' },
  { type: 'web_search_20260318', name: 'web_search' },
];
const asks = (content: string) => ({ role: 'user', content });
const callsOf = ({ content }: Answer) => content.filter(({ type }) => type === 'tool_use');
const textOf = ({ content }: Answer) => content.map(({ text = '' }) => text).join('');

describe('the loop', () => {
  test.each([
    ['Please use read.', ['read']],
    ['Use read_all, not more.', ['read_all']],
    ['First read_all, and read.', ['read_all', 'read']],
    ['Use read then read_all.', ['read']],
    ['Use a tool.', ['read']],
    ['Run bash.', ['bash']],
    ['Do a web_search.', []],
    ['Already reading.', []],
  ])('%j calls %j', async (question, names) => {
    const answer = await answered([asks(question)]);
    expect(callsOf(answer).map(({ name }) => name)).toEqual(names);
    expect(answer.stop_reason).toBe(names.length > 0 ? 'tool_use' : 'end_turn');
    expect(textOf(answer)).toContain('no model is running');
  });

  test('the input fits the schema; streamed, it comes in pieces, one block for each call', async () => {
    expect(callsOf(await answered([asks('Use read.')]))).toMatchObject([{ input: { path: 'demo: path' } }]);
    const response = await ask(demo, { messages: [asks('Use read and read_all.')], tools, stream: true });
    const { events } = await collected(response);
    const starts = events.filter(({ type }) => type === 'content_block_start');
    expect(starts.map(({ index, content_block: block }) => [index, (block as Block).name])).toEqual([
      [0, undefined],
      [1, 'read'],
      [2, 'read_all'],
    ]);
    expect(new Set(starts.map(({ content_block: block }) => (block as Block).id)).size).toBe(3);
  });

  test('goes on with what is named until everything was called, then says what came', async () => {
    const messages: object[] = [asks('Use read then read_all.')];
    const names: unknown[] = [];
    for (let turn = 0; turn < 5; turn++) {
      const answer = await answered(messages);
      const calls = callsOf(answer);
      if (calls.length === 0) {
        expect(textOf(answer)).toContain('`read_all` answered 9 characters: `content 1`.');
        break;
      }
      names.push(...calls.map(({ name }) => name));
      const results = calls.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: `content ${turn}` }));
      messages.push({ role: 'assistant', content: answer.content }, { role: 'user', content: results });
    }
    expect(names).toEqual(['read', 'read_all']);
  });

  test('a failed tool is told as failed', async () => {
    const call = callsOf(await answered([asks('Use read.')]))[0];
    const result = {
      type: 'tool_result',
      tool_use_id: call?.id,
      is_error: true,
      content: [{ type: 'text', text: 'Gone' }],
    };
    const answer = await answered([
      asks('Use read.'),
      { role: 'assistant', content: [call] },
      { role: 'user', content: [result] },
    ]);
    expect(textOf(answer)).toContain('`read` failed: `Gone`.');
  });

  test('one call at a time when parallel calls are not wanted', async () => {
    const choice = { tool_choice: { type: 'auto', disable_parallel_tool_use: true } };
    expect(callsOf(await answered([asks('Use read and read_all.')], choice))).toHaveLength(1);
  });
});

describe('the choice of a tool', () => {
  const haiku = { model: 'claude-haiku-5-5' };
  test.each([
    ['none', { type: 'none' }, []],
    ['any, without a word on which', { type: 'any' }, ['read']],
    ['one by name', { type: 'tool', name: 'bash' }, ['bash']],
  ])('%s', async (_name, tool_choice, names) => {
    const question = tool_choice.type === 'none' ? 'Use read.' : 'Hello.';
    const answer = await answered([asks(question)], { ...haiku, tool_choice });
    expect(callsOf(answer).map(({ name }) => name)).toEqual(names);
    if (names.length > 0) expect(answer.content[0]?.type).toBe('tool_use');
  });

  test.each(['claude-sonnet-5-5', 'claude-opus-5-5'])('%s cannot be forced', async (model) => {
    const { error } = await answered([asks('Hello.')], { model, tool_choice: { type: 'any' } });
    expect(error?.message).toMatch(/tool_choice/);
  });

  test.each([
    ['a tool that is not there', { tool_choice: { type: 'tool', name: 'x' } }],
    ['without tools', { tools: [], tool_choice: { type: 'auto' } }],
  ])('%s is refused', async (_name, more) => {
    expect((await answered([asks('Hello.')], { ...haiku, ...more })).error?.message).toMatch(/^tool_choice/);
  });
});

describe('calls and results', () => {
  const call = { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'read', input: {} }] };
  const result = (id: string) => ({ role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'x' }] });
  test.each([
    ['a result that was not asked for', [asks('x'), result('a')], /unexpected/],
    ['a result of another call', [asks('x'), call, result('b')], /without/],
    ['a call without a result', [asks('x'), call, asks('y')], /without/],
    ['a call and its result', [asks('x'), call, result('a')], undefined],
  ])('%s', async (_name, messages, problem) => {
    const { error } = await answered(messages);
    if (problem === undefined) expect(error).toBeUndefined();
    else expect(error?.message).toMatch(problem);
  });
});

describe('structured answers', () => {
  const format = { output_config: { format: { type: 'json_schema', schema: schema('title') } } };

  test('are JSON that fits, whole or streamed', async () => {
    const answer = await answered([asks('Hello.')], format);
    expect(JSON.parse(textOf(answer))).toEqual({ title: 'demo: title' });
    const response = await ask(demo, { ...format, stream: true });
    const { events } = await collected(response);
    const pieces = events.flatMap(({ delta }) => (delta as Block | undefined)?.text ?? []);
    expect(pieces.length).toBeGreaterThan(1);
    expect(JSON.parse(pieces.join(''))).toEqual({ title: 'demo: title' });
  });

  test('come after the tools', async () => {
    expect(callsOf(await answered([asks('Use read.')], format))).toHaveLength(1);
  });

  test('are cut at the limit', async () => {
    expect((await answered([asks('Hello.')], { ...format, max_tokens: 2 })).stop_reason).toBe('max_tokens');
  });
});
