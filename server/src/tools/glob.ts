/** The tool `glob`: files whose paths fit a pattern. */
import * as z from 'zod';
import { Refusal } from '../ports.ts';
import { defineTool } from '../tool.ts';
import { meantBy, shownPath } from './paths.ts';
import { looking, orFailed } from './reading.ts';

const mostFiles = 200;

const Input = z.strictObject({
  glob: z.string().min(1).max(1_000).describe('Such as src/**/*.ts; a name alone is looked for in all folders.'),
  below: z.string().max(4_096).optional().describe('Folder to look in; all when absent.'),
});
type Input = z.infer<typeof Input>;

export const glob = defineTool<Input>({
  name: 'glob',
  effect: 'reads',
  description:
    'Finds files of the workspace by their paths: * and ? stand for letters of a name, ** for folders, {a,b} for either. Files that version control ignores are passed over, unless they lie below the folder named. At most 200 are listed.',
  input: Input,
  async effective(context, { glob: pattern, below }) {
    const meant = below === undefined ? undefined : await meantBy(context, below);
    if (meant !== undefined && 'impossible' in meant) return meant;
    const place = meant === undefined ? '' : ` in ${meant.shown}`;
    return looking('glob', `Find files ${pattern}${place}`, {
      facts: [
        { name: 'Pattern', value: pattern },
        ...(meant === undefined ? [] : [{ name: 'Folder', value: meant.shown }]),
      ],
      subjects: meant === undefined ? [] : [meant.shown],
    });
  },
  run: (context, { glob: pattern, below }) =>
    orFailed(async () => {
      const folder = await folderOf(context, below);
      const { uris, isCut } = await context.search.files({ glob: pattern, most: mostFiles, ...folder }, context.signal);
      const paths = uris.map((uri) => shownPath(context.files, uri));
      const rest = isCut ? ['There may be more: not all was looked at. Narrow the pattern or the folder.'] : [];
      if (paths.length === 0) return { text: ['No file fits.', ...rest].join(' '), isData: false };
      return { text: [...paths, ...rest].join('\n'), isData: true };
    }),
});

/** Where a search is to look. @throws Refusal when it is nowhere in the workspace. */
export async function folderOf(
  context: Parameters<typeof meantBy>[0],
  below: string | undefined,
): Promise<{ readonly below?: string }> {
  if (below === undefined) return {};
  const meant = await meantBy(context, below);
  if ('impossible' in meant) throw new Refusal(meant.impossible);
  // With several folders the first one has no name of its own for all.
  if (/^(?:\.\/?)?$/.test(below)) return {};
  if (meant.kind === undefined) throw new Refusal(`There is no folder ${meant.shown}.`);
  return { below: meant.uri };
}
