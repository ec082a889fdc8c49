/** Decides whether a document may leave: by every path that its address can mean, and where links lead from there. */
import type { AskedPlace, Exclusion } from './ignoreFiles.ts';
import { secretClassOf } from './secretClass.ts';

export interface MayLeaveParts {
  /** Workspace folders as URIs. */
  roots(): readonly string[];
  /** Where a `file:` URI is in the workspace after links are resolved. */
  place(uri: string): AskedPlace | undefined;
  /** The same in the innermost folder, which its settings are of. */
  home(uri: string): AskedPlace | undefined;
  /** Where a `file:` URI leads in the end, wherever that is. */
  realPath(uri: string): string | undefined;
  readonly exclusion: Exclusion;
}

/** The reason why a document stays here, with its full stop; undefined when it may leave. What cannot be judged stays. */
export async function reasonToStay(
  parts: MayLeaveParts,
  uri: string,
  patterns: readonly string[],
): Promise<string | undefined> {
  const paths = pathsIn(uri);
  if (paths === undefined) return 'its address is malformed, so it cannot be judged.';
  for (const path of paths) {
    const reason = await reasonForPath(parts, path, patterns);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

async function reasonForPath(
  { roots, place, home, realPath, exclusion }: MayLeaveParts,
  path: string,
  patterns: readonly string[],
): Promise<string | undefined> {
  const uri = fileUriOf(path);
  const places = apart([place(uri), home(uri), ...spelledPlaces(roots(), path)]);
  for (const found of places) {
    const reason = await exclusion.reasonFor(found, patterns);
    if (reason !== undefined) return reason;
  }
  return secretClassOf(path) ?? secretClassOf(realPath(uri) ?? path);
}

/** Most often all of them are the same one, and each question about one reads ignore files. */
function apart(places: readonly (AskedPlace | undefined)[]): readonly AskedPlace[] {
  const known = new Map<string, AskedPlace>();
  for (const found of places)
    if (found !== undefined) known.set(JSON.stringify([found.root, found.path, found.asked]), found);
  return [...known.values()];
}

/**
 * The paths that an address may mean, decoded: that of the URI itself, whatever its scheme (`git:`, notebook cells,
 * diff views), and those in its query or fragment. Undefined when it cannot be decoded.
 */
function pathsIn(uri: string): readonly string[] | undefined {
  try {
    const { pathname, search, hash } = new URL(uri);
    const rest = decodeURIComponent(`${search} ${hash}`);
    const named = [...rest.matchAll(/(?:^|[\s"'=:,?#&])(\/[^\s"'&?#]+)/g)].map((match) => match[1] ?? '');
    return [decodeURIComponent(pathname), ...named];
  } catch {
    return undefined;
  }
}

function fileUriOf(path: string): string {
  return `file://${path.startsWith('/') ? '' : '/'}${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** The places by spelling alone: a link that leads out of a folder is still spelled inside, where ignore files name it. */
function spelledPlaces(roots: readonly string[], path: string): readonly AskedPlace[] {
  const parts = path.split('/');
  return roots.flatMap((root) => {
    const folder = pathsIn(root)?.[0]?.replace(/\/+$/, '');
    const above = folder?.split('/');
    if (folder === undefined || above === undefined || above.length >= parts.length) return [];
    const isAbove = above.every((part, index) => part === parts[index]);
    return isAbove ? [{ root: folder, path: parts.slice(above.length).join('/') }] : [];
  });
}
