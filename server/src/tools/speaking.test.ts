/** The tools that speak with the person: questions, and the list of what is to be done. */
import { expect, test } from 'vitest';
import { cleanText } from '../egress/filter.ts';
import type { Question } from '../ports.ts';
import type { Tool, ToolContext, ToolSession } from '../tool.ts';
import { askTool } from './ask.ts';
import { todoTool } from './todo.ts';

async function told(tool: Tool, input: object, answer?: string) {
  const asked: Question[] = [];
  const session = { conversation: 'c', todo: [] as ToolSession['todo'] };
  const context = {
    ...{ session, call: 'toolu_1', signal: new AbortController().signal },
    outgoing: { clean: async (text: string) => cleanText(text, (one) => one) },
    people: {
      async ask(question: Question) {
        asked.push(question);
        return answer;
      },
    },
  } as unknown as ToolContext; // They need no more.
  const parsed = tool.input.parse(input);
  const effective = await tool.effective(context, parsed);
  if ('impossible' in effective) throw new Error(effective.impossible);
  return { effective, answer: await tool.run(context, parsed, effective), asked, todo: session.todo };
}

test('a question is asked with its choices, and what the person answers is theirs', async () => {
  const input = { question: 'Which port?', choices: ['80', '8080'] };
  const { asked, answer, effective } = await told(askTool, input, '3000');
  expect(asked).toEqual([{ conversation: 'c', call: 'toolu_1', text: 'Which port?', choices: ['80', '8080'] }]);
  expect(answer).toEqual({ text: 'The developer answers: 3000', replaced: [], isData: false });
  expect(effective.facts.map(({ value }) => value)).toEqual(['Which port?', '80', '8080']);
});

test('a question without choices, and one that nobody answers', async () => {
  for (const nothing of [undefined, '', ' \n'])
    expect((await told(askTool, { question: 'Why?' }, nothing)).answer.text).toMatch(/^The developer gave no answer/);
});

test('S12: an answer is cleaned before it leaves', async () => {
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const { answer } = await told(askTool, { question: 'Which token?' }, secret);
  expect(answer.text).not.toContain(secret);
  expect(answer.replaced).toHaveLength(1);
});

test.each([
  ['no question', askTool, { question: ' ' }],
  ['seven choices', askTool, { question: 'x', choices: ['1', '2', '3', '4', '5', '6', '7'] }],
  ['another state', todoTool, { items: [{ text: 'x', state: 'late' }] }],
  ['something more', todoTool, { items: [], mode: 'acceptEdits' }],
] as const)('S25: %s is no input', (_name, tool, input) => {
  expect(tool.input.safeParse(input).success).toBe(false);
});

test('the list takes the place of the one before, and the model hears where it stands', async () => {
  const items = [
    { text: 'Read', state: 'done' },
    { text: 'Edit', state: 'doing' },
    { text: 'Test', state: 'open' },
  ];
  const { todo, answer, effective } = await told(todoTool, { items });
  expect(todo).toEqual(items);
  expect(answer.text).toBe('1 of 3 items are done. Being done: Edit.');
  expect(effective.facts[1]).toEqual({ name: '2, doing', value: 'Edit' });
  expect((await told(todoTool, { items: [] })).answer.text).toBe('The list is empty.');
});
