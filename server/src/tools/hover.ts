/** The tool `hover`: what the editor says of a name: its type and its documentation. */
import { languageOf } from '../text/languageOf.ts';
import { enclosing, outlineOf } from '../text/outline.ts';
import { defineTool, type ToolAnswer, type ToolContext } from '../tool.ts';
import { effectiveOf, locationLines, NamedInput, type NamedPlace, placeOf } from './named.ts';
import { placesText } from './places.ts';
import { orFailed, sourceOf, textOf } from './reading.ts';

/** UTF-16 code units. */
const longestHover = 20_000;

export const hover = defineTool<NamedInput>({
  name: 'hover',
  effect: 'reads',
  description:
    "Tells what the editor's own language support shows of a name: its type, its signature and its documentation. Where the editor cannot tell, the line and what it stands in are given and the answer says so.",
  input: NamedInput,
  effective: (context, input) => effectiveOf(context, 'hover', 'Look up', input),
  run: (context, input) =>
    orFailed(async () => {
      const place = await placeOf(context, input);
      const { uri, position } = place;
      const said = await context.providers.hover(uri, position);
      if (said === undefined || said.trim() === '') return byOutline(context, place);
      const { text, replaced } = await context.outgoing.clean(said);
      const cut = text.length > longestHover ? `${text.slice(0, longestHover).toWellFormed()}…` : text;
      return { text: cut, isData: true, sources: [sourceOf(uri, position.line, position.line, 'hover')], replaced };
    }),
});

async function byOutline(context: ToolContext, { uri, position }: NamedPlace): Promise<ToolAnswer> {
  const text = await textOf(context, uri);
  const here = { start: position, end: position };
  const around = text.length > 500_000 ? undefined : enclosing(outlineOf(text, languageOf(uri)), here);
  const head = around === undefined ? [] : [{ uri, range: { start: around.range.start, end: around.range.start } }];
  const { matches, replaced } = await locationLines(context, [...head, { uri, range: here }], { around: 2, most: 5 });
  const places = await placesText(context, matches, 'hover');
  const words = 'The editor knows nothing of this name, or cannot be asked. It stands here:';
  return { text: `${words}\n${places.text}`, isData: true, sources: places.sources, replaced };
}
