/** The tool `references`: where a name is used. */
import type { Location } from '#shared/lookups.ts';
import { defineTool, type ToolAnswer, type ToolContext } from '../tool.ts';
import { byLettersAlone, effectiveOf, linesWith, locationLines, NamedInput, placeOf } from './named.ts';
import { placesText } from './places.ts';
import { orFailed, plural } from './reading.ts';

const mostPlaces = 200;

export const references = defineTool<NamedInput>({
  name: 'references',
  effect: 'reads',
  description:
    "Finds where a variable, function, type or other symbol is used in the workspace, its definition included, by the editor's own language support. Surer than searching: other things of the same name are left out. Where the editor cannot tell, all places with the word are given and the answer says so.",
  input: NamedInput,
  effective: (context, input) => effectiveOf(context, 'references', 'Find uses of', input),
  run: (context, input) =>
    orFailed(async () => {
      const { uri, position } = await placeOf(context, input);
      const found = await context.providers.references(uri, position);
      return found === undefined ? byLetters(context, input.name) : byEditor(context, found);
    }),
});

async function byEditor(context: ToolContext, found: readonly Location[]): Promise<ToolAnswer> {
  const sorted = found.toSorted(
    (one, other) =>
      (one.uri < other.uri ? -1 : Number(one.uri > other.uri)) || one.range.start.line - other.range.start.line,
  );
  const { matches, hidden, replaced } = await locationLines(context, sorted.slice(0, mostPlaces), {
    around: 0,
    most: 1,
  });
  const places = await placesText(context, matches, 'references');
  const more = found.length > mostPlaces ? [`The first ${mostPlaces} are shown.`] : [];
  const kept = hidden > 0 ? [`${plural(hidden, 'place')} in files that cannot be shown.`] : [];
  const head = [`${plural(found.length, 'place')}.`, ...more, ...kept].join(' ');
  const text = [head, ...(places.text === '' ? [] : [places.text])].join('\n');
  return { text, isData: true, sources: places.sources, replaced };
}

async function byLetters(context: ToolContext, name: string): Promise<ToolAnswer> {
  const { matches, isCut, replaced } = await linesWith(context, name, mostPlaces);
  const places = await placesText(context, matches, 'references');
  const more = isCut ? ' There are more, or not all was looked at.' : '';
  const text = `${plural(matches.length, 'line')}.${more} ${byLettersAlone}\n${places.text}`;
  return { text, isData: true, sources: places.sources, replaced };
}
