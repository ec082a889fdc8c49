/** The tool that asks the person, where only they know. */
import * as z from 'zod';
import { defineTool } from '../tool.ts';

const Input = z.strictObject({
  question: z.string().trim().min(1).max(2_000).describe('One question, plain text.'),
  choices: z
    .array(z.string().trim().min(1).max(200))
    .max(6)
    .default([])
    .describe('Answers to choose from, the best one first. The developer may write another one.'),
});
type Input = z.infer<typeof Input>;

export const askTool = defineTool<Input>({
  name: 'ask',
  effect: 'tells',
  description:
    'Asks the developer one question and waits for the answer. ' +
    'Use it when the work depends on something that only they can decide and that neither the code nor what they said tells. ' +
    'Do not ask whether to go on, nor for leave: that is asked for by itself.',
  // It is written with a default, which the check fills in.
  input: Input as z.ZodType<Input>,
  async effective(_context, { question, choices }) {
    return {
      tool: 'ask',
      effect: 'tells',
      title: 'Ask you a question',
      facts: [
        { name: 'Question', value: question },
        ...choices.map((value, index) => ({ name: `Choice ${index + 1}`, value })),
      ],
      subjects: [],
      isRememberable: false,
      mustAsk: [],
    };
  },
  async run({ session, call, people, outgoing, signal }, { question, choices }) {
    const answer = await people.ask({ conversation: session.conversation, call, text: question, choices }, signal);
    if (answer === undefined || answer.trim() === '')
      return { text: 'The developer gave no answer. Do what does not depend on it, or end your turn.', isData: false };
    const { text, replaced } = await outgoing.clean(answer);
    return { text: `The developer answers: ${text}`, replaced, isData: false };
  },
});
