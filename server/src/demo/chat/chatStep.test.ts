/** The demo's side of a chat, played to its end on a small workspace. */
import Anthropic from '@anthropic-ai/sdk';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chatTools, type DemoAnswer, playChat } from '../../../../test/harness/demoChat.ts';
import { messageProblems } from '../../../../test/harness/foreign/messageProblems.ts';
import { ask } from '../../../../test/harness/rawClient.ts';
import { random, scaled } from '../../../../test/harness/scale.ts';
import { type Demo, startDemo } from '../server.ts';

let demo: Demo;
let files: Map<string, string>;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
  files = new Map([
    ['src/a.ts', 'export function add(one: number, other: number): number {\n  return one + other;\n}\n'],
    ['src/b.ts', "import { z } from './z';\nimport { a } from './a';\n\nexport const both = [a, z];\n"],
    ['tool.py', 'def double(value):\n    if value == True:\n        return 2\n    return value * 2\n'],
    ['test/a.test.ts', "import './a';\n"],
    ['README.md', '# Sample\n'],
  ]);
});
afterEach(() => demo.close());

const edit = 'str_replace_based_edit_tool';
const edits = (calls: readonly string[]) => calls.filter((name) => name === edit).length;

test('asked to tidy up it looks around, reads, edits three files, runs a command, and says where', async () => {
  const before = new Map(files);
  const { calls, text, messages, answers } = await playChat(demo, files, 'Tidy up this workspace.');
  expect(calls).toEqual([
    'todo',
    'list',
    'glob',
    'read',
    'read',
    'read',
    'todo',
    edit,
    edit,
    edit,
    'todo',
    'run',
    'todo',
  ]);
  expect([...files].filter(([path, now]) => before.get(path) !== now).map(([path]) => path)).toEqual([
    'src/a.ts',
    'src/b.ts',
    'tool.py',
  ]);
  expect(files.get('src/b.ts')).toMatch(/'\.\/a';\nimport .*'\.\/z'/);
  for (const place of ['src/a.ts:1', 'src/b.ts:1', 'tool.py:1']) expect(text).toContain(`\`${place}\``);
  expect(text).toMatch(/`git status --short`: `Exit code 0\.`[\s\S]*no model is running/);
  expect(answers[0]?.content[0]?.text).toContain('no model is running');
  expect(messageProblems({ messages: messages.slice(0, -1) }, new Map())).toEqual([]);
});

test('the wish decides what is edited, and a named file is the only one', async () => {
  await playChat(demo, files, 'Please document src/a.ts');
  expect(files.get('src/a.ts')).toMatch(/^\/\*\*/);
  expect(files.get('tool.py')).not.toContain('"""');
});

test('a file that is mentioned is read by its path', async () => {
  const { calls, text } = await playChat(demo, files, 'What is in @other/src/a.ts?');
  expect(calls).toEqual(['list', 'glob', 'read']);
  expect(text).not.toContain('@other');
  expect((await playChat(demo, files, 'What is in @src/a.ts and src/a.ts?')).calls).toEqual(['list', 'glob', 'read']);
});

test('a question is answered by reading, with places', async () => {
  const { calls, text } = await playChat(demo, files, 'What does `double` do here?');
  expect(calls).toEqual(['list', 'glob', 'search', 'read', 'read', 'read']);
  expect(text).toMatch(/`double` \(`tool\.py:1`\)/);
});

test('in plan mode it writes a plan and changes nothing', async () => {
  const before = new Map(files);
  const content = [
    { type: 'text', text: '<gloss>\nThe mode is "plan": only look.\n</gloss>' },
    { type: 'text', text: 'Tidy up.' },
  ];
  const { calls, text } = await playChat(demo, files, content);
  expect(calls).not.toContain(edit);
  expect(calls).not.toContain('run');
  expect(text).toMatch(/^## Plan\n[\s\S]*`src\/a\.ts:1`/);
  expect(files).toEqual(before);
});

test('without a question it asks one, and goes by the answer', async () => {
  const { calls, text } = await playChat(demo, files, '…');
  expect(calls).toEqual(['ask', 'list', 'glob', 'read', 'read', 'read']);
  expect(text).toContain('`add`');
  const silent = await playChat(demo, files, '…', {
    instead: (name) => (name === 'ask' ? { text: 'The developer gave no answer.', isError: false } : undefined),
  });
  expect(silent.calls).toEqual(['ask']);
});

test('an edit whose text was not found is made on what is read again, and given up the second time', async () => {
  let lost = 1;
  const instead = (name: string, input: object) => {
    if (name !== edit || !('path' in input) || input.path !== 'src/a.ts' || lost-- <= 0) return undefined;
    return { text: 'old_str was not found in src/a.ts.', isError: true };
  };
  const { calls } = await playChat(demo, files, 'Document src/a.ts', { instead });
  expect(calls.filter((name) => name === 'read' || name === edit)).toEqual(['read', edit, 'read', edit]);
  expect(files.get('src/a.ts')).toMatch(/^\/\*\*/);
  lost = 9;
  files.set('src/a.ts', 'export function one() {}\n');
  const given = await playChat(demo, files, 'Document src/a.ts', { instead });
  expect(edits(given.calls)).toBe(2);
  expect(given.text).toContain('not made');
});

test('what the person denies is not tried again, and told', async () => {
  const instead = (name: string) =>
    name === edit || name === 'run'
      ? {
          text: 'The developer does not want this. They say: not several times. Do not try it in another way.',
          isError: true,
        }
      : undefined;
  const { calls, text } = await playChat(demo, files, 'Tidy up.', { instead });
  expect(edits(calls)).toBe(3);
  expect(calls.filter((name) => name === 'run')).toHaveLength(1);
  expect(text).toMatch(/`src\/a\.ts:1`: not made\. The developer does not want this/);
});

test('what was rejected is not done again, and a command that fails is followed by another', async () => {
  const first = await playChat(demo, files, 'Tidy up.');
  const content = [
    {
      type: 'text',
      text: '<gloss>\nWhat became of your edits:\nThe edit in src/a.ts was rejected: "too long".\n</gloss>',
    },
    { type: 'text', text: 'Document all of it.' },
  ];
  const instead = (name: string, input: object) =>
    name === 'run' && JSON.stringify(input).includes('git')
      ? { text: 'Exit code 128.\nOutput:\nnot a git repository', isError: false }
      : undefined;
  const text = files.get('src/a.ts');
  const { calls, text: told } = await playChat(demo, files, content, { before: first.messages, instead });
  expect(files.get('src/a.ts')).toBe(text);
  expect(told).toContain('You rejected something before');
  expect(calls.filter((name) => name === 'run')).toHaveLength(2);
  expect(told).toContain('`node --version`');
});

test('it thinks where the request lets it, visibly where that is asked for', async () => {
  const thoughts = async (thinking: object) => {
    const { answers } = await playChat(demo, files, 'Explain src/a.ts', { more: { thinking } });
    return answers.map(({ content }) => content.find(({ type }) => type === 'thinking')?.thinking);
  };
  expect(await thoughts({ type: 'adaptive', display: 'summarized' })).toEqual([
    'First what there is.',
    'Then src/a.ts.',
    'All is read.',
  ]);
  expect(await thoughts({ type: 'adaptive' })).toEqual(['', '', '']);
  expect(await thoughts({ type: 'disabled' })).toEqual([undefined, undefined, undefined]);
});

test('every conversation ends, whatever the tools answer', async () => {
  const next = random();
  const answers = [
    '',
    'old_str was not found.',
    'The person denied this.',
    'Exit code 1.',
    'a.ts\nb/c.py\n../x.go',
    '1\tfunction a() {}',
  ];
  for (let round = 0; round < scaled(200); round += 1) {
    const instead = () =>
      next() < 0.5 ? undefined : { text: answers[Math.floor(next() * answers.length)] ?? '', isError: next() < 0.5 };
    const { text } = await playChat(
      demo,
      new Map(files),
      next() < 0.5 ? 'Fix everything.' : 'Document src/a.ts and tool.py',
      { instead },
    );
    expect(text).toContain('no model is running');
  }
});

test('a long chat is summarised where the request wants that, by the parameter or in words', async () => {
  const { messages } = await playChat(demo, files, 'Document src/a.ts');
  const asked = async (more: object) => (await (await ask(demo, { tools: chatTools, ...more })).json()) as DemoAnswer;
  const compact = await asked({ messages, compaction: { type: 'summarize' } });
  expect(compact).toMatchObject({ stop_reason: 'compaction', content: [{ type: 'compaction' }] });
  const words = { role: 'user', content: 'Summarise this conversation for yourself. Call no tool.' };
  const said = await asked({ messages: [...messages, words], tool_choice: { type: 'none' } });
  expect(said.content[0]?.text).toMatch(/Asked so far:\n- Document src\/a\.ts\n[\s\S]*Changed:\n- `src\/a\.ts`/);
  const after = [{ role: 'assistant', content: compact.content }];
  expect((await playChat(demo, files, 'What does src/b.ts do?', { before: after })).text).toContain('`src/b.ts:1`');
});

test("Anthropic's client reads what is streamed: thinking, text, several calls at once, a summary", async () => {
  const client = new Anthropic({ apiKey: demo.key, baseURL: demo.url, maxRetries: 0 });
  const request = {
    ...{ model: 'claude-sonnet-5-5', max_tokens: 1_000, tools: chatTools as Anthropic.Beta.BetaTool[] },
    ...{ thinking: { type: 'adaptive', display: 'summarized' } as const },
    messages: [{ role: 'user', content: 'Tidy up.' } as const],
  };
  const { content } = await client.beta.messages.stream(request).finalMessage();
  expect(content.map(({ type }) => type)).toEqual(['thinking', 'text', 'tool_use', 'tool_use', 'tool_use']);
  expect(content[0]).toMatchObject({ thinking: 'First what there is.', signature: expect.stringMatching(/^demo-/) });
  expect(content[4]).toMatchObject({ name: 'glob', input: { glob: expect.stringContaining('py') } });
  const compact = await client.beta.messages.stream({ ...request, compaction: { type: 'summarize' } }).finalMessage();
  expect(compact.content).toMatchObject([{ type: 'compaction', content: expect.stringContaining('- Tidy up.') }]);
});

test('the same beginning is read from the cache, as the answers say, and the sum is what is counted', async () => {
  const long = { system: 'A sentence of some length. '.repeat(120), cache_control: { type: 'ephemeral' } };
  const { answers, messages } = await playChat(demo, files, 'Tidy up.', { more: long });
  const total = ({ usage }: DemoAnswer) =>
    (usage['input_tokens'] ?? 0) +
    (usage['cache_creation_input_tokens'] ?? 0) +
    (usage['cache_read_input_tokens'] ?? 0);
  expect(answers[0]?.usage).toMatchObject({ cache_read_input_tokens: 0, input_tokens: 0 });
  for (const [at, answer] of answers.slice(1).entries())
    expect(answer.usage['cache_read_input_tokens']).toBe(total(answers[at] ?? answer));
  const counted = await fetch(`${demo.url}/v1/messages/count_tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': demo.key },
    body: JSON.stringify({ model: 'claude-sonnet-5-5', messages: messages.slice(0, -1), tools: chatTools, ...long }),
  });
  expect(await counted.json()).toEqual({ input_tokens: total(answers.at(-1) ?? { content: [], usage: {} }) });
  const changed = await ask(demo, {
    messages: messages.slice(0, -1),
    tools: chatTools,
    ...long,
    system: `Today. ${long.system}`,
  });
  expect(((await changed.json()) as DemoAnswer).usage).toMatchObject({ cache_read_input_tokens: 0 });
});
