/** How the indentation of the same lines differs between two texts, and how to carry it over to more lines. */
import { isBlank } from './wholeLines.ts';

/** `prefix`: each line begins with `add` instead of `remove`. `unit`: each level is `to` instead of `from`, and there are `levels` more. */
export type Indentation =
  | { readonly kind: 'prefix'; readonly remove: string; readonly add: string }
  | { readonly kind: 'unit'; readonly from: string; readonly to: string; readonly levels: number };

/** Lines of both texts that are the same but for their indentation. */
export type LinePair = readonly [from: string, to: string];

const units = ['\t', '    ', '  ', '        ', '   ', ' '];

/** The one difference in indentation that all pairs have; undefined when they have no common one. Blank lines do not count. */
export function indentationBetween(pairs: readonly LinePair[]): Indentation | undefined {
  const written = pairs.filter(([from, to]) => !isBlank(from) && !isBlank(to));
  const indented = written.map(([from, to]) => [indentationOf(from), indentationOf(to)] as const);
  const [first] = indented;
  if (first === undefined) return undefined;
  return [...prefixesOf(first), ...unitsOf(first)].find((difference) =>
    indented.every(([from, to]) => isDeepEnough(from, difference) && changed(from, difference) === to),
  );
}

/** A line with its indentation carried over. A line that is less deep than any of the pairs goes to the margin at most. */
export function reindented(line: string, difference: Indentation): string {
  if (isBlank(line)) return line;
  const indentation = indentationOf(line);
  return changed(indentation, difference) + line.slice(indentation.length);
}

function indentationOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

function changed(indentation: string, difference: Indentation): string {
  if (difference.kind === 'prefix') {
    return difference.add + indentation.slice(lengthInCommon(indentation, difference.remove));
  }
  const { level, rest } = levelOf(indentation, difference.from);
  return difference.to.repeat(Math.max(0, level + difference.levels)) + rest;
}

function lengthInCommon(text: string, other: string): number {
  let length = 0;
  while (length < other.length && text[length] === other[length]) length++;
  return length;
}

function isDeepEnough(indentation: string, difference: Indentation): boolean {
  if (difference.kind === 'prefix') return indentation.startsWith(difference.remove);
  return levelOf(indentation, difference.from).level + difference.levels >= 0;
}

function levelOf(indentation: string, unit: string): { readonly level: number; readonly rest: string } {
  let level = 0;
  while (indentation.startsWith(unit, level * unit.length)) level++;
  return { level, rest: indentation.slice(level * unit.length) };
}

function prefixesOf([from, to]: LinePair): readonly Indentation[] {
  if (to.endsWith(from)) return [{ kind: 'prefix', remove: '', add: to.slice(0, to.length - from.length) }];
  if (from.endsWith(to)) return [{ kind: 'prefix', remove: from.slice(0, from.length - to.length), add: '' }];
  return [];
}

/** Those that explain the first pair; the fewest levels between them first. */
function unitsOf([first, other]: LinePair): readonly Indentation[] {
  return units
    .flatMap((from) => units.filter((to) => to !== from).map((to) => [from, to] as const))
    .map(([from, to]) => {
      const levels = levelOf(other, to).level - levelOf(first, from).level;
      return { kind: 'unit', from, to, levels } as const;
    })
    .sort((one, two) => Math.abs(one.levels) - Math.abs(two.levels));
}
