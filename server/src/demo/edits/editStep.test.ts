/** Edits as a client sees them: streamed or whole, and what follows on the editor's answers. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, collected } from '../../../../test/harness/rawClient.ts';
import { type Demo, startDemo } from '../server.ts';
import { asked, done, requestFor } from './asking.ts';
import type { EditInput } from './calls.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

interface Block {
  readonly type: string;
  readonly id?: string;
  readonly name?: string;
  readonly text?: string;
  readonly input?: EditInput;
}

const code = 'var a = 1;\nuse(a);\n\nvar b = 2;\nuse(b);';
const request = requestFor(asked(code), { action: 'modernise', language: 'javascript' });

async function whole(body: object): Promise<{ readonly content: readonly Block[]; readonly stop_reason: string }> {
  return (await ask(demo, body)).json() as Promise<{
    readonly content: readonly Block[];
    readonly stop_reason: string;
  }>;
}

const callsOf = (content: readonly Block[]) => content.filter(({ type }) => type === 'tool_use');
const textOf = (content: readonly Block[]) => content.map(({ text = '' }) => text).join('');

test('a sentence and a call for each place, streamed in pieces', async () => {
  const { events } = await collected(await ask(demo, { ...request, stream: true }));
  const starts = events.flatMap(({ content_block: block }) => (block === undefined ? [] : [block as Block]));
  expect(starts.map(({ type, name }) => [type, name])).toEqual([
    ['text', undefined],
    ['tool_use', 'str_replace_based_edit_tool'],
    ['tool_use', 'str_replace_based_edit_tool'],
  ]);
  const inputs = [1, 2].map((block) => {
    const parts = events.filter(({ index, type }) => index === block && type === 'content_block_delta');
    return JSON.parse(parts.map(({ delta }) => (delta as { partial_json: string }).partial_json).join('')) as EditInput;
  });
  expect(inputs.map((input) => Object.keys(input))).toEqual(Array(2).fill(['command', 'path', 'old_str', 'new_str']));
  expect(done(asked(code).lines, inputs)).toBe(code.replaceAll('var', 'const'));
  expect(events.at(-2)).toMatchObject({ delta: { stop_reason: 'tool_use' } });
});

test('the same in one piece', async () => {
  const { content, stop_reason: reason } = await whole(request);
  expect(textOf(content)).toBe(
    'Newer ways of saying the same: `const` and `let`. *Demo: rules wrote this, no model is running.*',
  );
  expect(callsOf(content).map(({ input }) => input)).toEqual([
    { command: 'str_replace', path: 'src/a.ts', old_str: 'var a = 1;', new_str: 'const a = 1;' },
    { command: 'str_replace', path: 'src/a.ts', old_str: 'var b = 2;', new_str: 'const b = 2;' },
  ]);
  expect(reason).toBe('tool_use');
});

test('one call where calls are not to come together', async () => {
  const { content } = await whole({ ...request, tool_choice: { type: 'auto', disable_parallel_tool_use: true } });
  const inputs = callsOf(content).flatMap(({ input }) => input ?? []);
  expect(inputs).toHaveLength(1);
  expect(done(asked(code).lines, inputs)).toBe(code.replaceAll('var', 'const'));
});

describe('after the answers of the editor', () => {
  const lines = ['one();', 'if (a == true) b();', 'two();', 'three();', 'four();'];
  const first = requestFor({ lines, from: 1, to: 1 }, { action: 'simplify', language: 'java' });

  /** The next answer when the calls of the last one came to this. */
  async function next(messages: readonly object[], results: readonly (string | undefined)[]) {
    const { content } = await whole({ ...first, messages });
    const calls = callsOf(content);
    const answers = results.map((text, index) => ({
      type: 'tool_result',
      tool_use_id: calls[index]?.id,
      content: [{ type: 'text', text: text ?? 'Done.' }],
      ...(text === undefined ? {} : { is_error: true }),
    }));
    const after = [...messages, { role: 'assistant', content }, { role: 'user', content: answers }];
    return { after, answer: await whole({ ...first, messages: after }) };
  }

  test('all worked: a closing sentence', async () => {
    const { answer } = await next(first.messages, [undefined]);
    expect([callsOf(answer.content), answer.stop_reason]).toEqual([[], 'end_turn']);
    expect(textOf(answer.content)).toMatch(/^Done: 1 edit made\. \*Demo/);
  });

  test.each(['old_str in a.ts: found 0 times', 'The text stands in the file several times.', 'No match found.'])(
    'no place was found (%s): once more with more lines, then no more',
    async (failure) => {
      const { after, answer } = await next(first.messages, [failure]);
      expect(callsOf(answer.content).map(({ input }) => input)).toEqual([
        {
          command: 'str_replace',
          path: 'src/a.ts',
          old_str: 'one();\nif (a == true) b();\ntwo();\nthree();',
          new_str: 'one();\nif (a) b();\ntwo();\nthree();',
        },
      ]);
      const { answer: last } = await next(after, [failure]);
      expect(callsOf(last.content)).toEqual([]);
      expect(textOf(last.content)).toMatch(/^The rules give up on 1 edit \(`/);
    },
  );

  test('another failure is not tried again', async () => {
    const { answer } = await next(first.messages, ['The developer is editing there.']);
    expect([callsOf(answer.content), textOf(answer.content)]).toEqual([
      [],
      expect.stringContaining('give up on 1 edit'),
    ]);
  });

  test('an insertion that failed has no lines to widen', async () => {
    const inserting = requestFor({ lines, from: 0, to: 0 }, { action: 'instruct', language: 'java', instruction: 'x' });
    const { content } = await whole(inserting);
    const [call] = callsOf(content);
    expect(call?.input?.command).toBe('insert');
    const result = { type: 'tool_result', tool_use_id: call?.id, content: 'not found', is_error: true };
    const messages = [...inserting.messages, { role: 'assistant', content }, { role: 'user', content: [result] }];
    const answer = await whole({ ...inserting, messages });
    expect([callsOf(answer.content), textOf(answer.content)]).toEqual([[], expect.stringContaining('give up')]);
  });

  test('what worked stands in the lines around what did not', async () => {
    const { content } = await whole(request);
    const [one, other] = callsOf(content);
    const results = [
      { type: 'tool_result', tool_use_id: one?.id, content: 'Done.' },
      { type: 'tool_result', tool_use_id: other?.id, content: 'found 2 times', is_error: true },
    ];
    const messages = [...request.messages, { role: 'assistant', content }, { role: 'user', content: results }];
    const answer = await whole({ ...request, messages });
    const [again] = callsOf(answer.content).flatMap(({ input }) => input ?? []);
    expect(again).toMatchObject({ old_str: 'use(a);\n\nvar b = 2;\nuse(b);' });
  });
});

describe('what is no edit goes its usual way', () => {
  const tools = request.tools ?? [];
  test.each<[name: string, body: object, says: RegExp]>([
    ['no tool of that name', { ...request, tools: [{ name: 'x', input_schema: {} }] }, /./],
    [
      'the tool of the service',
      { ...request, tools: [{ type: 'text_editor_20250728', name: 'str_replace_based_edit_tool' }] },
      /./,
    ],
    ['no task', { tools, messages: [{ role: 'user', content: 'Hello.' }] }, /./],
    ['tools are not to be called', { ...request, tool_choice: { type: 'none' } }, /./],
  ])('%s', async (_name, body) => {
    const { content } = await whole(body);
    const edits = callsOf(content).filter(({ input }) => input !== undefined && 'old_str' in input);
    expect(edits).toEqual([]);
  });

  test('an unknown action says so', async () => {
    const { content } = await whole(requestFor(asked(code), { action: 'toString', language: 'go' }));
    expect([callsOf(content), textOf(content)]).toEqual([[], expect.stringContaining('do not know this action')]);
  });
});
