/** The tool `read`: a file, page by page, as the editor has it. */
import * as z from 'zod';
import { Refusal } from '../ports.ts';
import { defineTool, type ToolAnswer, type ToolContext } from '../tool.ts';
import { type MeantPath, meantBy, shownPath } from './paths.ts';
import { linesOf, looking, orFailed, plural, sourceOf, textOf } from './reading.ts';

const mostLines = 2_000;
/** UTF-16 code units of a page, and of a line on it. */
const largestPage = 100_000;
const longestLine = 2_000;

const Input = z.strictObject({
  path: z.string().max(4_096).describe('Path below the workspace folder, such as src/main.ts.'),
  firstLine: z.int().min(1).optional().describe('Number of the first line, from 1.'),
  lines: z.int().min(1).max(mostLines).optional().describe('How many lines; 2000 when absent.'),
});
type Input = z.infer<typeof Input>;

export const read = defineTool<Input>({
  name: 'read',
  effect: 'reads',
  description:
    'Reads a text file of the workspace, unsaved changes included. Each line comes with its number and a tab in front, which are not part of the file. Long files come in pages: the answer says how to go on. Secrets are replaced by placeholders.',
  input: Input,
  async effective(context, { path, firstLine, lines }) {
    const meant = await meantBy(context, path);
    if ('impossible' in meant) return meant;
    if (meant.kind === 'folder') return { impossible: `${meant.shown} is a folder. List it with the tool list.` };
    const range = rangeWords(firstLine, lines);
    const link = meant.link === undefined ? [] : [{ name: 'Asked for as', value: meant.link }];
    return looking('read', `Read ${meant.shown}${range}`, {
      facts: [{ name: 'File', value: `${meant.shown}${range}` }, ...link],
      subjects: [meant.shown],
    });
  },
  run: (context, input) =>
    orFailed(async () => {
      const meant = await meantBy(context, input.path);
      if ('impossible' in meant) throw new Refusal(meant.impossible);
      return page(context, meant, input);
    }),
});

function rangeWords(firstLine: number | undefined, lines: number | undefined): string {
  if (firstLine === undefined && lines === undefined) return '';
  const first = firstLine ?? 1;
  return lines === undefined ? `, from line ${first}` : `, lines ${first} to ${first + lines - 1}`;
}

async function page(context: ToolContext, meant: MeantPath, input: Input): Promise<ToolAnswer> {
  const { uri, shown } = meant;
  const isOpen = context.documents.get(uri) !== undefined;
  if (!isOpen && meant.kind === undefined) return missing(context, meant);
  if (!isOpen && media.test(shown))
    return {
      text: `${shown} is an image or a PDF, which this tool does not read. Ask the developer to attach it to their next message.`,
      failed: true,
      isData: true,
    };
  const text = await textOf(context, uri);
  if (text === '') return { text: `${shown} is empty.`, isData: true };
  const first = (input.firstLine ?? 1) - 1;
  const { lines, replaced, total } = await cleaned(context, text, { first, count: input.lines ?? mostLines });
  if (first >= total) return { text: `${shown} has only ${plural(total, 'line')}.`, failed: true, isData: true };
  const shownLines = fitting(lines, first);
  const last = first + shownLines.length;
  const rest = last < total ? ` Go on with firstLine ${last + 1}.` : '';
  const head = `${shown}: lines ${first + 1} to ${last} of ${total}.${isOpen ? ' As it is in the editor.' : ''}${rest}`;
  return {
    text: `${head}\n${shownLines.join('\n')}`,
    isData: true,
    sources: [sourceOf(uri, first, last - 1, 'read')],
    replaced,
  };
}

const media = /\.(?:png|jpe?g|gif|webp|pdf|bmp|ico|tiff?)$/i;

/** As many of the lines as fit on a page, numbered. One always does. */
function fitting(lines: readonly string[], first: number): readonly string[] {
  const shown: string[] = [];
  let size = 0;
  for (const [index, line] of lines.entries()) {
    const numbered = `${first + index + 1}\t${cut(line)}`;
    size += numbered.length + 1;
    if (size > largestPage) break;
    shown.push(numbered);
  }
  return shown;
}

function cut(line: string): string {
  const more = line.length - longestLine;
  return more > 0 ? `${line.slice(0, longestLine).toWellFormed()}… (${more} more characters in this line)` : line;
}

/** A text up to this size is cleaned whole; of a longer one the wanted lines with so many around, which are enough for any secret. */
const largestWhole = 512 * 1024;
const linesAround = 1_000;

interface Wanted {
  readonly first: number;
  readonly count: number;
}

/** The wanted lines as they may leave: cleaned before they are cut. */
async function cleaned({ outgoing }: ToolContext, text: string, { first, count }: Wanted) {
  const all = linesOf(text);
  const from = text.length <= largestWhole ? 0 : Math.max(0, first - linesAround);
  const to = text.length <= largestWhole ? all.length : first + count + linesAround;
  const part = all.slice(from, to).join('\n');
  if (part.length > 4 * largestWhole)
    throw new Refusal('The lines there are too long to be read. Search in the file instead.', 'tooLarge');
  const clean = await outgoing.clean(part);
  const lines = linesOf(clean.text).slice(first - from, first - from + count);
  return { lines, replaced: clean.replaced, total: all.length };
}

/** Says what else may be meant. */
async function missing(context: ToolContext, { shown }: MeantPath): Promise<ToolAnswer> {
  const similar = await similarTo(context, shown);
  const words = similar.length === 0 ? 'Find files with the tools glob or list.' : `Similar: ${similar.join(', ')}.`;
  return { text: `There is no file ${shown}. ${words}`, failed: true, isData: true };
}

async function similarTo({ search, files, signal }: ToolContext, shown: string): Promise<readonly string[]> {
  const stem = shown.slice(shown.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  // Whatever would mean something in a glob stands for any character.
  const glob = `**/*${stem.replace(/[\\[\]{}*?!,]/g, '?')}*`;
  if (stem === '') return [];
  try {
    const { uris } = await search.files({ glob, most: 10 }, signal);
    return uris.map((uri) => shownPath(files, uri));
  } catch (error) {
    // It is a help only.
    if (error instanceof Refusal) return [];
    throw error;
  }
}
