/** Whole edits for editors that apply them themselves: refactorings as any LSP editor knows them (product decision 10.3). */
import type { FileChange } from '#shared/edits.ts';
import type { WholeEdit } from '../editing.ts';
import type { Snapshot } from '../ports.ts';
import { positionsIn } from '../text/lines.ts';
import { changed } from '../text/spans.ts';
import type { Put } from './put.ts';
import type { Tracked } from './tracked.ts';

/** What was handed over, to be known again when it arrives in the documents. */
export interface Offer {
  readonly group: string;
  readonly title: string;
  readonly documents: readonly OfferedDocument[];
  readonly files: readonly FileChange[];
}

export interface OfferedDocument {
  readonly uri: string;
  readonly version: number | null;
  readonly hunks: readonly Tracked[];
  readonly before: string;
  /** What the document says when the edit has arrived. */
  readonly after: string;
}

/** @param now the document as it is, where it is open. */
export function offerOf(
  { group, origin, hunks, files, drafts }: Put,
  now: (uri: string) => Snapshot | undefined,
): Offer {
  const documents = drafts.flatMap((draft): readonly OfferedDocument[] => {
    const mine = hunks.filter(({ uri, state }) => uri === draft.uri && state === 'proposed');
    const { text, version } = now(draft.uri) ?? { text: draft.before, version: null };
    const changes = [...mine].reverse().map(({ span, after }) => ({ ...span, text: after }));
    return mine.length === 0
      ? []
      : [{ uri: draft.uri, version, hunks: mine, before: text, after: changes.reduce(changed, text) }];
  });
  return { group, title: origin.title, documents, files };
}

export function toWholeEdit({ documents, ...offer }: Offer): WholeEdit {
  return {
    ...offer,
    documents: documents.map(({ uri, version, hunks, before }) => {
      const positionAt = positionsIn(before);
      const edits = hunks.map(({ span, after }) => ({
        range: { start: positionAt(span.start), end: positionAt(span.end) },
        text: after,
      }));
      return { uri, version, edits };
    }),
  };
}
