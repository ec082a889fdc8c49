/** The tool that keeps the list of what is to be done, for the person to see where the work stands. */
import * as z from 'zod';
import { defineTool, type TodoItem } from '../tool.ts';

const Input = z.strictObject({
  items: z
    .array(
      z.strictObject({
        text: z.string().trim().min(1).max(300).describe('What is to be done, in a few words.'),
        state: z.enum(['open', 'doing', 'done']),
      }),
    )
    .max(100)
    .describe('The whole list, in order. It takes the place of the one before.'),
});
type Input = z.infer<typeof Input>;

export const todoTool = defineTool<Input>({
  name: 'todo',
  effect: 'tells',
  description:
    'Writes the list of what is to be done, which the developer sees beside the chat. ' +
    'For work of three steps or more. Give the whole list each time, with one item in state doing. ' +
    'An empty list takes it away.',
  input: Input,
  async effective(_context, { items }) {
    return {
      tool: 'todo',
      effect: 'tells',
      title: 'Update the to-do list',
      facts: items.map(({ text, state }, index) => ({ name: `${index + 1}, ${state}`, value: text })),
      subjects: [],
      isRememberable: false,
      mustAsk: [],
    };
  },
  async run({ session }, { items }) {
    session.todo = items;
    return { text: summaryOf(items), isData: false };
  },
});

function summaryOf(items: readonly TodoItem[]): string {
  if (items.length === 0) return 'The list is empty.';
  const done = items.filter(({ state }) => state === 'done').length;
  const doing = items.filter(({ state }) => state === 'doing').map(({ text }) => text);
  const now = doing.length === 0 ? '' : ` Being done: ${doing.join('; ')}.`;
  return `${done} of ${items.length} items are done.${now}`;
}
