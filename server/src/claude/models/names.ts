/** What to say of a model that the service does not have. */
import { endSentence } from '../log.ts';
import { endOf, models } from './table.ts';

/** When it ended and what to use instead, or the name that was probably meant; undefined when nothing is known. */
export function modelHint(model: string, names: readonly string[] = [...models.keys()]): string | undefined {
  const end = endOf(model);
  if (end !== undefined) return endSentence(end);
  const closest = names.includes(model) ? undefined : closestName(model, names);
  return closest === undefined ? undefined : `Did you mean ${closest}?`;
}

/** Longer names are no names of models. */
const longest = 80;
/** The part of a name that may differ. */
const tolerance = 0.4;

function closestName(name: string, names: readonly string[]): string | undefined {
  if (name.length > longest) return undefined;
  const wanted = bare(name);
  const ranked = names
    .map((other) => ({ other, distance: distanceOf(wanted, bare(other)) }))
    .filter(({ other, distance }) => distance <= tolerance * Math.max(wanted.length, bare(other).length))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.other;
}

/** Without what all names have, and what gateways put before them. */
function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/^.*[/:]/, '')
    .replace(/^claude[-_. ]*/, '')
    .replaceAll(/[_. ]/g, '-');
}

/** Characters to change, to add and to take away. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (char === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
