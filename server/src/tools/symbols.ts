/** The tool `symbols`: what a file declares, or where the workspace declares a name. */
import * as z from 'zod';
import type { CodeSymbol } from '#shared/symbols.ts';
import { Refusal } from '../ports.ts';
import { languageOf } from '../text/languageOf.ts';
import { outlineOf } from '../text/outline.ts';
import { defineTool, type ToolAnswer, type ToolContext } from '../tool.ts';
import { linesWith } from './named.ts';
import { meantBy, shownPath } from './paths.ts';
import { looking, mayLeave, orFailed, sourceOf, textOf } from './reading.ts';

const mostSymbols = 500;
const mostFiles = 40;
const largestOutlined = 1_000_000;

const Input = z.strictObject({
  path: z.string().max(4_096).optional().describe('The file whose symbols are wanted.'),
  name: z.string().min(1).max(200).optional().describe('Without a path: the name that is looked for in all files.'),
});
type Input = z.infer<typeof Input>;

export const symbols = defineTool<Input>({
  name: 'symbols',
  effect: 'reads',
  description:
    'Lists the functions, classes, types and their like of one file, with their lines, or finds where a name is declared in the workspace. Give a path or a name. Cheaper than reading a long file. Where the editor cannot tell, an outline by brackets and indentation answers and is called so.',
  input: Input,
  async effective(context, { path, name }) {
    if ((path === undefined) === (name === undefined)) return { impossible: 'Give either a path or a name.' };
    if (path === undefined)
      return looking('symbols', `Find declarations of ${name}`, { facts: [{ name: 'Name', value: name ?? '' }] });
    const meant = await meantBy(context, path);
    if ('impossible' in meant) return meant;
    return looking('symbols', `List the symbols of ${meant.shown}`, {
      facts: [{ name: 'File', value: meant.shown }],
      subjects: [meant.shown],
    });
  },
  run: (context, { path, name }) =>
    orFailed(() => (path === undefined ? declarationsOf(context, name ?? '') : ofFile(context, path))),
});

async function ofFile(context: ToolContext, path: string): Promise<ToolAnswer> {
  const meant = await meantBy(context, path);
  if ('impossible' in meant) throw new Refusal(meant.impossible);
  const text = await textOf(context, meant.uri);
  const known = await context.providers.symbols(meant.uri, 'long');
  const isKnown = known !== undefined && known.length > 0;
  const found = isKnown ? known : outlined(text, meant.uri);
  const words = isKnown ? '' : ' By an outline, not by language support of the editor.';
  if (found.length === 0) return { text: `No symbols were found in ${meant.shown}.${words}`, isData: true };
  const lines = found.slice(0, mostSymbols).map(lineOf);
  const rest = found.length > mostSymbols ? [`… and ${found.length - mostSymbols} more`] : [];
  return answerOf(context, [`${meant.shown}.${words}`, ...lines, ...rest], [meant.uri]);
}

function outlined(text: string, uri: string): readonly CodeSymbol[] {
  return text.length > largestOutlined ? [] : outlineOf(text, languageOf(uri));
}

/** Files with the word are outlined: the shortest way that no editor has to know. */
async function declarationsOf(context: ToolContext, name: string): Promise<ToolAnswer> {
  const { matches } = await linesWith(context, name, 1_000);
  const uris = [...new Set(matches.map(({ uri }) => uri))];
  const lines: string[] = [];
  const shown: string[] = [];
  for (const uri of uris.slice(0, mostFiles)) {
    context.signal.throwIfAborted();
    if (!(await mayLeave(context, uri))) continue;
    const text = await textOf(context, uri).catch(() => '');
    const found = outlined(text, uri).filter((symbol) => symbol.name === name);
    if (found.length > 0) shown.push(uri);
    lines.push(...found.map((symbol) => `${shownPath(context.files, uri)}${lineOf({ ...symbol, depth: 0 })}`));
  }
  const words = 'By an outline of the files with this word, not by language support of the editor.';
  const rest = uris.length > mostFiles ? ` ${mostFiles} of ${uris.length} such files were looked at.` : '';
  if (lines.length === 0)
    return { text: `No declaration of this name was found. ${words}${rest}`, isData: false, failed: rest !== '' };
  return answerOf(context, [`${words}${rest}`, ...lines], shown);
}

/** Names are text of files. */
async function answerOf(
  { outgoing }: ToolContext,
  lines: readonly string[],
  uris: readonly string[],
): Promise<ToolAnswer> {
  const { text, replaced } = await outgoing.clean(lines.join('\n'));
  return { text, isData: true, sources: uris.map((uri) => sourceOf(uri, 0, 0, 'symbols')), replaced };
}

function lineOf({ name, kind, range, depth }: CodeSymbol): string {
  const [first, last] = [range.start.line + 1, range.end.line + 1];
  const where = first === last ? `line ${first}` : `lines ${first} to ${last}`;
  return `${'  '.repeat(Math.min(depth, 20) + 1)}${kinds[kind - 1] ?? 'symbol'} ${name.slice(0, 200)}, ${where}`;
}

/** As the LSP numbers them, from 1. */
const kinds = [
  ...['file', 'module', 'namespace', 'package', 'class', 'method', 'property', 'field', 'constructor', 'enum'],
  ...['interface', 'function', 'variable', 'constant', 'string', 'number', 'boolean', 'array', 'object', 'key'],
  ...['null', 'enum member', 'struct', 'event', 'operator', 'type parameter'],
];
