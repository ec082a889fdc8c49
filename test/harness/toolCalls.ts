/** Calls of single tools in tests, without a model. */
import type { Message, ToolContext } from '../../server/src/claude/index.ts';
import { behaviourOf } from '../../server/src/claude/tools/runnable.ts';
import { errorContentOf } from '../../server/src/claude/tools/toolError.ts';

const message: Message = {
  id: 'msg_01',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [],
  usage: { input_tokens: 1, output_tokens: 1 },
};

/** What a tool is given in tests that do not look at it. */
const context: ToolContext = {
  signal: new AbortController().signal,
  id: 'toolu_1',
  name: 'a',
  message,
  report() {},
};

/** What a tool returns; `{ error }` with what the model is told when it throws, `{ problems }` for what does not fit. */
export async function resultOf(tool: object, input: unknown, given: Partial<ToolContext> = {}): Promise<unknown> {
  const name = given.name ?? context.name;
  const prepared = await behaviourOf(tool)?.prepare(input, name);
  if (prepared === undefined) throw new Error('this tool cannot be run');
  if ('problems' in prepared) return prepared;
  try {
    return await prepared.run({ ...context, ...given });
  } catch (error) {
    return { error: errorContentOf(error) };
  }
}
