/** Turns what the editor's definition providers answer into the places of the protocol. */
import type { Location } from '#shared/lookups.ts';
import type { Range } from '#shared/place.ts';
import { plain } from './symbolTree.ts';

/** VS Code's Location or LocationLink: only what is used of them. */
export interface FoundPlace {
  readonly uri?: Address;
  readonly range?: Range;
  readonly targetUri?: Address;
  readonly targetRange?: Range;
}

interface Address {
  toString(): string;
}

const longestUri = 4_096;

/** The first place that says where it is; null when there is none. Of a link it is the whole of what it leads to. */
export function firstLocation(found: readonly FoundPlace[] | undefined): Location | null {
  return locationsOf(found ?? [], 1)[0] ?? null;
}

/** Those that say where they are, as many as are wanted. */
export function locationsOf(found: readonly FoundPlace[], most: number): Location[] {
  const locations: Location[] = [];
  for (const { uri, range, targetUri, targetRange } of found) {
    if (locations.length >= most) break;
    const [address, place] = [(targetUri ?? uri)?.toString() ?? '', targetRange ?? range];
    if (place !== undefined && address !== '' && address.length <= longestUri)
      locations.push({ uri: address, range: plain(place) });
  }
  return locations;
}
