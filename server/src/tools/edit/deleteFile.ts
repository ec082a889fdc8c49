/** The chat's tool that deletes a file, when the person accepts it. */
import * as z from 'zod';
import { defineTool, type Effective, type Impossible, type ToolContext } from '../../tool.ts';
import { failure } from './editAnswer.ts';
import { effectiveProposal, propose } from './proposal.ts';
import { sizeFact } from './sizeFact.ts';
import { aimAt, whyClosed } from './work.ts';

const Input = z.object({ path: z.string().describe('The file, below the workspace folder.') });

export const deleteFile = defineTool<z.infer<typeof Input>>({
  name: 'delete_file',
  effect: 'edits',
  description:
    'Deletes one file, no folder. The developer may have to accept it first: the result tells whether it is gone. Look for what uses it before.',
  input: Input,
  isExclusive: true,
  effective: (context, { path }) => deletion(context, path),
  async run(context, { path }, shown) {
    const now = await deletion(context, path);
    if ('impossible' in now) return failure(now.impossible);
    const aim = await aimAt(context, path);
    if ('message' in aim) return failure(aim.message);
    const change = { kind: 'delete', uri: aim.uri } as const;
    return propose(context, { change, shown, now, done: `Deleted ${aim.path}`, proposed: `${aim.path} is deleted` });
  },
});

async function deletion(context: ToolContext, asked: string): Promise<Effective | Impossible> {
  const aim = await aimAt(context, asked);
  if ('message' in aim) return { impossible: aim.message };
  const { uri, path, text } = aim;
  if (text === undefined) return { impossible: `There is no file ${path}.` };
  const closed = await whyClosed(context, aim);
  if (closed !== undefined) return { impossible: closed };
  return {
    ...effectiveProposal(context, 'delete_file', [context.ledger.judge(uri, '', '')]),
    title: `Delete ${path}`,
    facts: [{ name: 'File', value: path }, sizeFact(text)],
    subjects: [path],
  };
}
