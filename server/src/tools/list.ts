/** The tool `list`: what is in a folder. */
import * as z from 'zod';
import { Refusal } from '../ports.ts';
import { defineTool } from '../tool.ts';
import { meantBy, shownPath } from './paths.ts';
import { looking, orFailed, plural } from './reading.ts';

const mostNames = 500;

const Input = z.strictObject({
  path: z.string().max(4_096).default('.').describe('Folder below the workspace folder; "." is the workspace folder.'),
  firstEntry: z.int().min(1).default(1).describe('Number of the first name, from 1, to go on with a long list.'),
});
type Input = z.infer<typeof Input>;

export const list = defineTool<Input>({
  name: 'list',
  effect: 'reads',
  description:
    'Lists the files and folders in one folder of the workspace; names of folders end with "/". Files that must not leave the machine are not listed. To find files in all folders use glob.',
  input: Input,
  async effective(context, { path }) {
    const meant = await meantBy(context, path);
    if ('impossible' in meant) return meant;
    return looking('list', `List ${meant.shown}`, {
      facts: [{ name: 'Folder', value: meant.shown }],
      subjects: [meant.shown],
    });
  },
  run: (context, { path, firstEntry }) =>
    orFailed(async () => {
      const { files, search, signal } = context;
      const isAll = /^(?:\.\/?)?$/.test(path) && files.roots().length > 1;
      if (isAll)
        return {
          text: files
            .roots()
            .map((root) => `${shownPath(files, root)}/`)
            .join('\n'),
          isData: true,
        };
      const meant = await meantBy(context, path);
      if ('impossible' in meant) throw new Refusal(meant.impossible);
      if (meant.kind === 'file') throw new Refusal(`${meant.shown} is a file. Read it with the tool read.`);
      if (meant.kind !== 'folder') throw new Refusal(`There is no folder ${meant.shown}.`);
      const { names, more } = await search.folder(meant.uri, signal);
      const shown = names.slice(firstEntry - 1, firstEntry - 1 + mostNames);
      const last = firstEntry - 1 + shown.length;
      const rest = last < names.length ? ` Go on with firstEntry ${last + 1}.` : '';
      const head = `${meant.shown}: ${plural(names.length + more, 'entry', 'entries')}.${rest}`;
      return { text: [head, ...shown].join('\n'), isData: true };
    }),
});
