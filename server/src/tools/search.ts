/** The tool `search`: lines of files that fit a text or a pattern. */
import * as z from 'zod';
import type { TextMatch } from '../ports.ts';
import { defineTool, type ToolAnswer, type ToolContext } from '../tool.ts';
import { folderOf } from './glob.ts';
import { meantBy } from './paths.ts';
import { placesText } from './places.ts';
import { looking, orFailed } from './reading.ts';

const mostMatches = 100;

const Input = z.strictObject({
  pattern: z.string().min(1).max(1_000).describe('Regular expression (JavaScript), held against each line.'),
  isText: z.boolean().default(false).describe('The pattern is plain text.'),
  ignoreCase: z.boolean().default(false),
  glob: z.string().min(1).max(1_000).optional().describe('Only in files whose paths fit, such as **/*.ts.'),
  below: z.string().max(4_096).optional().describe('Only in this folder or file.'),
  around: z.int().min(0).max(10).default(0).describe('Lines to show before and after each match.'),
  firstMatch: z.int().min(1).max(10_000).default(1).describe('Number of the first match, from 1, to go on.'),
});
type Input = z.infer<typeof Input>;

export const search = defineTool<Input>({
  name: 'search',
  effect: 'reads',
  description:
    'Searches the text files of the workspace for lines that match, unsaved changes included. Matches are grouped by file, with line numbers. Files that version control ignores, binary ones and those over 1 MB are passed over. At most 100 matches come at once: the answer says how to go on.',
  input: Input,
  async effective(context, { pattern, isText, glob, below }) {
    const meant = below === undefined ? undefined : await meantBy(context, below);
    if (meant !== undefined && 'impossible' in meant) return meant;
    const where = [meant === undefined ? '' : ` in ${meant.shown}`, glob === undefined ? '' : ` (${glob})`].join('');
    return looking('search', `Search for ${isText ? JSON.stringify(pattern) : `/${pattern}/`}${where}`, {
      facts: [
        { name: isText ? 'Text' : 'Pattern', value: pattern },
        ...(glob === undefined ? [] : [{ name: 'Files', value: glob }]),
        ...(meant === undefined ? [] : [{ name: 'Folder', value: meant.shown }]),
      ],
      subjects: meant === undefined ? [] : [meant.shown],
    });
  },
  run: (context, input) => orFailed(() => found(context, input)),
});

async function found(context: ToolContext, input: Input): Promise<ToolAnswer> {
  const { pattern, isText, ignoreCase, glob, around, firstMatch } = input;
  const { matches, isCut, replaced, problem } = await context.search.text(
    {
      ...{ pattern, isRegex: !isText, isCaseSensitive: !ignoreCase, around, most: firstMatch - 1 + mostMatches },
      ...(glob === undefined ? {} : { glob }),
      ...(await folderOf(context, input.below)),
    },
    context.signal,
  );
  const page: readonly TextMatch[] = matches.slice(firstMatch - 1);
  const places = await placesText(context, page, 'search');
  const last = firstMatch - 1 + page.length;
  const isMore = isCut && problem === undefined && page.length === mostMatches;
  const head = page.length === 0 ? 'Nothing matches.' : `Matches ${firstMatch} to ${last}.`;
  const rest = isMore ? ` Go on with firstMatch ${last + 1}.` : isCut ? ` ${problem ?? 'Not all was looked at.'}` : '';
  const text = [`${head}${rest}`, ...(places.text === '' ? [] : [places.text])].join('\n');
  return { text, isData: page.length > 0, sources: places.sources, replaced, failed: page.length === 0 && isCut };
}
