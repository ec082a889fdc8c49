/** The tool `definition`: where a name is defined, with its code. */
import type { Location } from '#shared/lookups.ts';
import type { TextMatch } from '../ports.ts';
import { languageOf } from '../text/languageOf.ts';
import { outlineOf } from '../text/outline.ts';
import { defineTool, type ToolAnswer, type ToolContext } from '../tool.ts';
import { byLettersAlone, effectiveOf, linesWith, locationLines, NamedInput, placeOf } from './named.ts';
import { shownPath } from './paths.ts';
import { placesText } from './places.ts';
import { orFailed, textOf } from './reading.ts';

/** Of a definition. */
const mostLines = 60;
/** Files that are outlined where the editor cannot tell. */
const mostFiles = 30;

export const definition = defineTool<NamedInput>({
  name: 'definition',
  effect: 'reads',
  description:
    "Shows where a variable, function, type or other symbol is defined, with the code of its definition, by the editor's own language support. Where the editor cannot tell, declarations of that name are looked for in the workspace and the answer says so.",
  input: NamedInput,
  effective: (context, input) => effectiveOf(context, 'definition', 'Find the definition of', input),
  run: (context, input) =>
    orFailed(async () => {
      const { uri, position } = await placeOf(context, input);
      const [found] = await context.providers.definitions(uri, [position], 'long');
      return found === undefined ? byOutline(context, input.name) : byEditor(context, found);
    }),
});

async function byEditor(context: ToolContext, found: Location): Promise<ToolAnswer> {
  const whole = await declarationAt(context, found);
  const { matches, replaced } = await locationLines(context, [whole], { around: 0, most: mostLines });
  if (matches.length === 0)
    return {
      text: `It is defined in ${shownPath(context.files, found.uri)}, line ${found.range.start.line + 1}, which cannot be shown.`,
      isData: true,
    };
  const places = await placesText(context, matches, 'definition');
  return { text: places.text, isData: true, sources: places.sources, replaced };
}

/** Editors that tell the name alone: all of what the outline sees begin there. */
async function declarationAt(context: ToolContext, found: Location): Promise<Location> {
  const { start, end } = found.range;
  if (end.line > start.line) return found;
  const text = await textOf(context, found.uri).catch(() => undefined);
  if (text === undefined || text.length > largestOutlined) return found;
  const symbol = outlineOf(text, languageOf(found.uri)).find((one) => one.selection.start.line === start.line);
  return symbol === undefined ? found : { uri: found.uri, range: symbol.range };
}

const largestOutlined = 500_000;

async function byOutline(context: ToolContext, name: string): Promise<ToolAnswer> {
  const { matches } = await linesWith(context, name, 500);
  const declared: Location[] = [];
  for (const uri of [...new Set(matches.map((match: TextMatch) => match.uri))].slice(0, mostFiles)) {
    context.signal.throwIfAborted();
    const text = await textOf(context, uri).catch(() => '');
    if (text.length > largestOutlined) continue;
    const symbols = outlineOf(text, languageOf(uri)).filter((symbol) => symbol.name === name);
    declared.push(...symbols.map(({ range }) => ({ uri, range })));
  }
  if (declared.length === 0)
    return {
      text: `No declaration of ${name} was found. This editor has no language support that can be asked; search for the name instead.`,
      failed: true,
      isData: false,
    };
  const { matches: shown, replaced } = await locationLines(context, declared.slice(0, 5), {
    around: 0,
    most: mostLines,
  });
  const places = await placesText(context, shown, 'definition');
  return { text: `${byLettersAlone}\n${places.text}`, isData: true, sources: places.sources, replaced };
}
