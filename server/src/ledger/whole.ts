/** Whole edits for editors that apply them themselves: refactorings as any LSP editor knows them (product decision 10.3). */
import type { FileChange } from '#shared/edits.ts';
import type { WholeEdit } from '../editing.ts';
import type { Snapshot } from '../ports.ts';
import { positionsIn } from '../text/lines.ts';
import { changed } from '../text/spans.ts';
import { fail, type Put } from './put.ts';
import type { Room } from './room.ts';
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

/** Milliseconds in which an editor tells of a change that it says it has made. */
const longestSilence = 5_000;
/** Milliseconds in which it answers: some ask the person first. */
const longestAnswer = 60_000;

export interface Handed {
  /** What did not work out. */
  readonly failures: readonly string[];
  /** The editor has not told what it did. Its hunks are accepted as soon as it does. */
  readonly isUnknown: boolean;
}

/**
 * Has the editor make the edit now. Resolves when it has told of all of it, so that whatever comes next is for the text
 * as it is then; or when nobody waits for it any more.
 */
export async function handed(room: Room, put: Put, offer: Offer): Promise<Handed> {
  const { documents } = offer;
  const failed = (message: string): Handed => ({ failures: fail(put, message), isUnknown: false });
  if (documents.length === 0 && offer.files.length === 0) return { failures: [], isUnknown: false };
  const isOther = documents.some(({ hunks, before }) =>
    hunks.some(({ span, before: old }) => before.slice(span.start, span.end) !== old),
  );
  if (isOther) return failed('You changed this place while the edit was being made.');
  const { editor, wait } = room.parts;
  const nobody = Promise.race([wait(longestAnswer), aborted(put.signal)]).then(() => undefined);
  const answer = await Promise.race([editor.hand(toWholeEdit(offer)), nobody]);
  if (answer === undefined) return { failures: [], isUnknown: true };
  if (!answer.applied) return failed(answer.message ?? 'The editor did not make the change. The text is as it was.');
  // Of a file that is not open nothing is told: the editor's word is all there is.
  for (const { version, hunks } of documents)
    if (version === null) for (const hunk of hunks) Object.assign(hunk, { state: 'accepted', decided: true });
  return { failures: [], isUnknown: !(await told(room, put, documents)) };
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function told(room: Room, { signal }: Put, documents: Offer['documents']): Promise<boolean> {
  const silence = Promise.race([room.parts.wait(longestSilence), aborted(signal)]).then(() => 'silent');
  const isTold = () => documents.every(({ hunks }) => hunks.every(({ state }) => state !== 'proposed'));
  while (!isTold()) {
    const { promise, resolve } = Promise.withResolvers<string>();
    const unfollow = room.follow(() => resolve('heard'));
    const what = await Promise.race([promise, silence]);
    unfollow();
    if (what === 'silent') return isTold();
  }
  return true;
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
