/** Where was edited last: a few places of open documents, whose lines go along with a question. */
import type { Documents, DocumentWatcher } from '../../ports.ts';

export interface EditedPlace {
  readonly uri: string;
  /** Zero-based. */
  readonly line: number;
}

/** Places that are remembered, and lines that count as one of them. */
const most = 12;
const nearby = 15;

export interface Edited extends Pick<DocumentWatcher, 'changed' | 'closed'> {
  /** The last one first. */
  places(): readonly EditedPlace[];
}

export function createEdited(documents: Pick<Documents, 'positionAt'>): Edited {
  let places: readonly EditedPlace[] = [];
  return {
    places: () => places,
    changed(_before, { uri }, changes) {
      const last = changes.at(-1);
      if (last === undefined) return;
      const { line } = documents.positionAt(uri, last.start);
      const others = places.filter((place) => place.uri !== uri || Math.abs(place.line - line) > nearby);
      places = [{ uri, line }, ...others].slice(0, most);
    },
    closed({ uri }) {
      places = places.filter((place) => place.uri !== uri);
    },
  };
}
