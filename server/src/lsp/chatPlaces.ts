/** Which words of an answer name a file of the workspace and a line that it has: only these become links (product decision 10.9). */
import type { Documents, Files } from '../ports.ts';
import { meantBy } from '../tools/paths.ts';
import type { ChatPlaces, NamedPlace } from './chatParts.ts';

export interface PlacesParts {
  readonly files: Files;
  readonly documents: Documents;
  /** What stands in it may be looked at. */
  mayRead(uri: string): Promise<boolean>;
}

/** Files whose lines are known, by what tells that they have changed. */
const mostCounted = 500;

export function createPlaces({ files, documents, mayRead }: PlacesParts): ChatPlaces {
  const counted = new Map<string, number>();
  const linesIn = async (uri: string): Promise<number | undefined> => {
    const open = documents.get(uri)?.text;
    if (open !== undefined) return countOf(open);
    if (!(await mayRead(uri))) return undefined;
    const key = `${uri}\0${await files.stamp(uri)}`;
    const known = counted.get(key) ?? countOf(await files.read(uri));
    counted.delete(key);
    counted.set(key, known);
    for (const oldest of counted.keys()) {
      if (counted.size <= mostCounted) break;
      counted.delete(oldest);
    }
    return known;
  };
  const placeOf = async (text: string): Promise<NamedPlace | undefined> => {
    const { path, line } = partsOf(text);
    if (path.includes('://') || path.trim() !== path) return undefined;
    const meant = await meantBy({ files, documents }, path);
    if ('impossible' in meant) return undefined;
    const { uri, kind } = meant;
    if (kind !== 'file' && (kind !== undefined || documents.get(uri) === undefined)) return undefined;
    if (line === undefined) return { text, uri };
    // Of a file that is kept back it is not told how long it is.
    const count = await linesIn(uri).catch(() => undefined);
    if (count === undefined) return { text, uri };
    return line >= 1 && line <= count ? { text, uri, line: line - 1 } : undefined;
  };
  return {
    async named(texts) {
      const found = await Promise.all([...new Set(texts)].map((text) => placeOf(text).catch(() => undefined)));
      return found.filter((place) => place !== undefined);
    },
  };
}

/** `src/a.ts:12`, `src/a.ts:12:5`, `src/a.ts:12-20`, `src/a.ts#L12`, `src/a.ts#L12-L20`. */
function partsOf(text: string): { readonly path: string; readonly line: number | undefined } {
  const found = /^(?<path>.+?)(?::(?<line>\d{1,9})(?:[:-]\d{1,9})?|#L(?<anchor>\d{1,9})(?:-L?\d{1,9})?)$/u.exec(
    text,
  )?.groups;
  if (found === undefined) return { path: text, line: undefined };
  return { path: found['path'] ?? '', line: Number(found['line'] ?? found['anchor']) };
}

function countOf(text: string): number {
  return text.split(/\r\n|\n|\r/).length;
}
