/** Says how a call differs from the one most like it that was allowed before (threats S4). */
import type { Effective } from '../tool.ts';

/** A sentence for "Why was I asked?", not made visible yet; undefined where nothing like it was allowed. */
export function differenceFrom(allowed: Iterable<Effective>, now: Effective): string | undefined {
  // The same program, or the same file.
  const alike = [...allowed].filter(({ tool, subjects }) => tool === now.tool && subjects[0] === now.subjects[0]);
  const [nearest] = alike.map((before) => changesFrom(before, now)).toSorted((one, other) => one.length - other.length);
  if (nearest === undefined || nearest.length === 0) return undefined;
  return `You have allowed something like it for this session. This one differs: ${nearest.join('; ')}.`;
}

function changesFrom(before: Effective, now: Effective): readonly string[] {
  const names = new Set([...before.facts, ...now.facts].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const [old, value] = [valuesOf(before, name), valuesOf(now, name)];
    if (old === value) return [];
    return [`${name} was ${old === undefined ? 'not there' : quoted(old)}`];
  });
}

/** Facts may have one name: their values together. */
function valuesOf({ facts }: Effective, name: string): string | undefined {
  const values = facts.filter((fact) => fact.name === name).map(({ value }) => value);
  return values.length === 0 ? undefined : values.join('\n');
}

/** What is asked about now is shown whole; of what was before, so much that it can be told apart. */
function quoted(value: string): string {
  const rest = value.length - longest;
  return rest > 0 ? `“${value.slice(0, longest)}” and ${rest} characters more` : `“${value}”`;
}

const longest = 200;
