/** The chat's tool that renames a symbol everywhere, by the editor's own language support. */
import * as z from 'zod';
import type { ProviderEdits } from '#shared/edits.ts';
import { namePlace } from '../../text/namePlace.ts';
import { defineTool, type Effective, type Impossible, type ToolContext } from '../../tool.ts';
import { shownPath } from '../paths.ts';
import { failure, fateOf, saidByEditor, settled } from './editAnswer.ts';
import { putProviderEdits } from './providerEdits.ts';
import { isAsShown } from './shown.ts';
import { aimAt, beginGroup, missing, whyClosed } from './work.ts';

const Input = z.object({
  path: z.string().describe('A file in which the name stands, below the workspace folder.'),
  line: z.int().min(1).describe('A line with the name, from 1.'),
  name: z.string().min(1).max(200).describe('The name, exactly.'),
  new_name: z.string().regex(/^\S+$/).max(200).describe('The new name.'),
});
type Input = z.infer<typeof Input>;

const name = 'rename_symbol';

export const renameSymbol = defineTool<Input>({
  name,
  effect: 'edits',
  description:
    "Renames a variable, function, type or other symbol wherever it is used, by the editor's own language support: all of it or nothing. Surer than edits of each place. Where the editor has none for the language the result says so.",
  input: Input,
  isExclusive: true,
  effective: async (context, input) => {
    const found = await renaming(context, input);
    return 'impossible' in found ? found : found.effective;
  },
  async run(context, input, shown) {
    const found = await renaming(context, input);
    if ('impossible' in found) return failure(found.impossible);
    if (!isAsShown(shown.facts, found.effective))
      return failure('The files have changed since this was shown to the developer. Call again.');
    const { ledger, signal, session } = context;
    signal.throwIfAborted();
    const group = beginGroup(context);
    const { ended, failures } = await putProviderEdits(context, group, found.edits, { signal });
    const problems = [...failures, ...ended.failures];
    if (problems.length > 0 || ended.hunks.length === 0)
      return failure(`Nothing was renamed. ${problems.length === 0 ? '' : saidByEditor(problems)}`.trim());
    for (const id of ended.hunks) session.changed.add(ledger.find(id)?.hunk.uri ?? '');
    await settled(context, ended.hunks);
    return { text: `Renamed ${countOf(found.edits)}. ${fateOf(context)}`, isData: false, groups: [group.id] };
  },
});

interface Renaming {
  readonly edits: ProviderEdits;
  readonly effective: Effective;
}

async function renaming(context: ToolContext, input: Input): Promise<Renaming | Impossible> {
  const aim = await aimAt(context, input.path);
  if ('message' in aim) return { impossible: aim.message };
  const { uri, path, text } = aim;
  if (text === undefined) return { impossible: missing(path) };
  const closed = await whyClosed(context, aim);
  if (closed !== undefined) return { impossible: closed };
  const position = namePlace(text.split(/\r\n|\n|\r/), input.name, input.line);
  if (typeof position === 'string') return { impossible: `${position} in ${path}.` };
  const edits = await context.providers.rename(uri, position, input.new_name);
  if (edits === undefined || edits.length === 0) return { impossible: noRename(path) };
  const outside = edits.filter((each) => context.files.place(each.uri) === undefined).length;
  if (outside > 0)
    return {
      impossible: `${outside} of the files that it would change are outside the workspace, so nothing was renamed.`,
    };
  return { edits, effective: effectiveRename(context, input, edits) };
}

function noRename(path: string): string {
  return `The editor has no rename for ${path}, or refuses this one. Find where the name is used with the tool for references, or by searching for it, and edit each place.`;
}

/** Where an editor keeps edits pending, and only there, it is asked to rename; protected files are asked about by the ledger. */
function effectiveRename(context: ToolContext, { name: old, new_name }: Input, edits: ProviderEdits): Effective {
  const paths = edits.map(({ uri }) => shownPath(context.files, uri));
  const lines = edits.slice(0, mostFiles).map((each, index) => `${paths[index]}: ${placesOf(each.edits.length)}`);
  const rest = edits.length > mostFiles ? [`… and ${edits.length - mostFiles} more files`] : [];
  return {
    ...{ tool: name, effect: 'edits', isRememberable: false, mustAsk: [], isReviewed: context.ledger.keepsPending },
    title: `Rename ${old} to ${new_name}`,
    facts: [
      { name: 'Name', value: old },
      { name: 'New name', value: new_name },
      { name: 'Files', value: [...lines, ...rest].join('\n') },
    ],
    subjects: paths,
  };
}

const mostFiles = 200;

function countOf(edits: ProviderEdits): string {
  const places = edits.reduce((sum, each) => sum + each.edits.length, 0);
  return `${placesOf(places)} in ${edits.length} ${edits.length === 1 ? 'file' : 'files'}`;
}

function placesOf(count: number): string {
  return `${count} ${count === 1 ? 'place' : 'places'}`;
}
