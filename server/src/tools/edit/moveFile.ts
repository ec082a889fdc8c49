/** The chat's tool that moves or renames a file, when the person accepts it. */
import * as z from 'zod';
import { defineTool, type Effective, type Impossible, type ToolContext } from '../../tool.ts';
import { failure } from './editAnswer.ts';
import { effectiveProposal, propose } from './proposal.ts';
import { sizeFact } from './sizeFact.ts';
import { type Aim, aimAt, whyClosed } from './work.ts';

const Input = z.object({
  path: z.string().describe('The file, below the workspace folder.'),
  new_path: z.string().describe('Where it goes, with its name. Nothing may be there.'),
});

export const moveFile = defineTool<z.infer<typeof Input>>({
  name: 'move_file',
  effect: 'edits',
  description:
    'Moves or renames one file. Imports and other mentions of it are not changed: edit them yourself. The developer may have to accept it first: the result tells where the file is.',
  input: Input,
  isExclusive: true,
  effective: async (context, input) => {
    const found = await move(context, input);
    return 'impossible' in found ? found : found.effective;
  },
  async run(context, input, shown) {
    const found = await move(context, input);
    if ('impossible' in found) return failure(found.impossible);
    const { from, to, effective: now } = found;
    const change = { kind: 'rename', uri: from.uri, to: to.uri } as const;
    return propose(context, {
      ...{ change, shown, now },
      done: `Moved ${from.path} to ${to.path}`,
      proposed: `${from.path} moves to ${to.path}`,
    });
  },
});

interface Move {
  readonly from: Aim;
  readonly to: Aim;
  readonly effective: Effective;
}

async function move(context: ToolContext, input: z.infer<typeof Input>): Promise<Move | Impossible> {
  const from = await aimAt(context, input.path);
  if ('message' in from) return { impossible: from.message };
  if (from.text === undefined) return { impossible: `There is no file ${from.path}.` };
  const to = await aimAt(context, input.new_path);
  if ('message' in to) return { impossible: to.message };
  if (to.text !== undefined) return { impossible: `${to.path} is there already, so nothing can move there.` };
  // Under another name it might be read, and sent.
  const closed = await whyClosed(context, from);
  if (closed !== undefined) return { impossible: closed };
  const { ledger } = context;
  const judgements = [ledger.judge(from.uri, '', ''), ledger.judge(to.uri, '', from.text)];
  const effective = {
    ...effectiveProposal(context, 'move_file', judgements),
    title: `Move ${from.path} to ${to.path}`,
    facts: [{ name: 'From', value: from.path }, { name: 'To', value: to.path }, sizeFact(from.text)],
    subjects: [from.path, to.path],
  };
  return { from, to, effective };
}
