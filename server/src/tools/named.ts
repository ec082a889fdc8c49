/** What the tools that ask the editor about a name have in common: where it stands, and where else by its letters alone. */
import * as z from 'zod';
import type { Location } from '#shared/lookups.ts';
import type { Position } from '#shared/place.ts';
import { Refusal, type TextMatch } from '../ports.ts';
import { namePlace } from '../text/namePlace.ts';
import type { Effective, Impossible, ToolContext } from '../tool.ts';
import { meantBy } from './paths.ts';
import { cleanLinesOf, linesOf, looking, textOf } from './reading.ts';

export const NamedInput = z.strictObject({
  path: z.string().max(4_096).describe('A file in which the name stands, below the workspace folder.'),
  line: z.int().min(1).describe('A line with the name, from 1.'),
  name: z.string().min(1).max(200).describe('The name, exactly.'),
});
export type NamedInput = z.infer<typeof NamedInput>;

export async function effectiveOf(
  context: ToolContext,
  tool: string,
  title: string,
  { path, line, name }: NamedInput,
): Promise<Effective | Impossible> {
  const meant = await meantBy(context, path);
  if ('impossible' in meant) return meant;
  return looking(tool, `${title} ${name}`, {
    facts: [
      { name: 'Name', value: name },
      { name: 'Stands in', value: `${meant.shown}, line ${line}` },
    ],
    subjects: [meant.shown],
  });
}

export interface NamedPlace {
  readonly uri: string;
  readonly shown: string;
  readonly position: Position;
}

/** @throws Refusal when the name does not stand there; it tells where it does. */
export async function placeOf(context: ToolContext, { path, line, name }: NamedInput): Promise<NamedPlace> {
  const meant = await meantBy(context, path);
  if ('impossible' in meant) throw new Refusal(meant.impossible);
  const position = namePlace(linesOf(await textOf(context, meant.uri)), name, line);
  if (typeof position === 'string') throw new Refusal(`${position} in ${meant.shown}.`);
  return { uri: meant.uri, shown: meant.shown, position };
}

/** Lines with the name as a whole word, anywhere in the workspace. */
export async function linesWith(
  context: ToolContext,
  name: string,
  most: number,
): Promise<{ readonly matches: readonly TextMatch[]; readonly isCut: boolean; readonly replaced: readonly string[] }> {
  const literal = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = `(?<![\\w$\\u00a1-\\uffff])${literal}(?![\\w$\\u00a1-\\uffff])`;
  return context.search.text({ pattern, isRegex: true, isCaseSensitive: true, around: 0, most }, context.signal);
}

export interface ShownLocations {
  readonly matches: readonly TextMatch[];
  readonly replaced: readonly string[];
  /** Places in files that are not shown: outside the folders, or kept back. */
  readonly hidden: number;
}

export interface ShownLines {
  /** Lines before and after. */
  readonly around: number;
  /** Of one place. */
  readonly most: number;
}

/** The lines of places as they may leave. */
export async function locationLines(
  context: ToolContext,
  locations: readonly Location[],
  { around, most }: ShownLines,
): Promise<ShownLocations> {
  const matches: TextMatch[] = [];
  const replaced = new Set<string>();
  let hidden = 0;
  for (const [uri, inFile] of Map.groupBy(locations, (location) => location.uri)) {
    context.signal.throwIfAborted();
    const text = await readable(context, uri);
    if (text === undefined) {
      hidden += inFile.length;
      continue;
    }
    for (const line of text.replaced) replaced.add(line);
    for (const { range } of inFile) {
      const firstLine = Math.max(0, range.start.line - around);
      const end = Math.min(range.end.line + around + 1, firstLine + most);
      matches.push({ uri, line: range.start.line, firstLine, lines: text.lines.slice(firstLine, end) });
    }
  }
  return { matches, hidden, replaced: [...replaced] };
}

async function readable(context: ToolContext, uri: string) {
  try {
    return await cleanLinesOf(context, uri);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

export const byLettersAlone =
  'This editor has no language support that can be asked: these are the places with the same word, which may mean other things.';
