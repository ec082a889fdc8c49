/** Puts a block of code of an answer where it belongs in the person's document: by the ledger, like every other edit. */
import type { EditGroup } from '../editing.ts';
import { Refusal, type Snapshot, type World } from '../ports.ts';
import { applyPlace, insertedAt } from '../text/applyPlace.ts';
import type { TextChange } from '../text/spans.ts';
import { meantBy, shownPath } from '../tools/paths.ts';
import type { AskedCode, ChatApplying } from './chatParts.ts';

export type ApplyingWorld = Pick<World, 'ledger' | 'documents' | 'files'>;

const longestTitle = 200;

export function createApplying(world: ApplyingWorld): ChatApplying {
  return {
    async put(asked, signal) {
      const fresh = asked.how === 'apply' ? await newFileIn(world, asked.info) : undefined;
      if (fresh !== undefined) return create(world, asked, { ...fresh, signal });
      const document = world.documents.get(asked.uri);
      // Elsewhere is nothing that the person could review.
      if (document === undefined || world.files.home(asked.uri) === undefined)
        throw new Refusal('Open a file of the workspace first, and put the cursor where the code is to go.', 'notOpen');
      const { changes, done } = changesFor(world, document, asked);
      if (changes.length === 0) return `Nothing is different: this stands in ${done.path} already.`;
      return change(world, asked, { document, changes, message: done.message, signal });
    },
  };
}

interface Making {
  readonly document: Snapshot;
  readonly changes: readonly TextChange[];
  readonly message: string;
  readonly signal: AbortSignal;
}

async function change({ ledger }: ApplyingWorld, asked: AskedCode, making: Making): Promise<string> {
  const { document, changes, message, signal } = making;
  const group = begin(ledger, asked);
  const refusal = await group.open(document.uri);
  if (refusal !== undefined) throw await given(group, refusal);
  // The places are of this text: in another one they are others.
  if (group.text(document.uri) !== document.text || signal.aborted)
    throw await given(group, 'The file has changed meanwhile. Nothing was done; try again.');
  group.change(document.uri, changes);
  const { hunks, failures, isUnknown } = await group.end({ allOrNothing: true, handOver: true, signal });
  if (failures.length > 0) throw new Refusal(failures.join(' '), 'notApplied');
  if (isUnknown)
    throw new Refusal('The editor has not told whether it made the change. Look before you try again.', 'unknown');
  if (!ledger.keepsPending) return message;
  if (asked.how === 'apply') return `${message} Accept or reject it there.`;
  await ledger.settle({ decision: 'accept', which: { kind: 'hunks', ids: [...hunks] } });
  return message;
}

function begin(ledger: World['ledger'], { title }: AskedCode): EditGroup {
  return ledger.begin({ action: 'chat', title: title.slice(0, longestTitle) }, false);
}

async function given(group: EditGroup, message: string): Promise<Refusal> {
  await group.end({ discard: true });
  return new Refusal(message, 'notApplied');
}

interface Placed {
  readonly changes: readonly TextChange[];
  readonly done: { readonly message: string; readonly path: string };
}

function changesFor({ documents, files }: ApplyingWorld, document: Snapshot, asked: AskedCode): Placed {
  const { uri, text, languageId } = document;
  const { start, end } = asked.selection;
  const selection = { start: documents.offsetAt(uri, start), end: documents.offsetAt(uri, end) };
  // A place that the document does not have is one of another version of it.
  const isThere = [start, end].every((position, index) => {
    const found = documents.positionAt(uri, index === 0 ? selection.start : selection.end);
    return found.line === position.line && found.character === position.character;
  });
  if (!isThere || selection.end < selection.start)
    throw new Refusal('The file has changed meanwhile. Nothing was done; try again.', 'moved');
  const path = shownPath(files, uri);
  if (asked.how === 'insert') {
    const one = insertedAt({ text, code: asked.code, selection });
    return { changes: one.text === '' ? [] : [one], done: { path, message: `Inserted at the cursor in ${path}.` } };
  }
  const { changes, at, names } = applyPlace({ text, languageId, code: asked.code, selection });
  const where = {
    selection: `Put in the place of the selection in ${path}.`,
    declaration: `Changed ${listed(names)} in ${path}.`,
    matching: `Changed the lines in ${path} that differ.`,
    cursor: `Put at the cursor in ${path}.`,
  };
  return { changes, done: { path, message: where[at] } };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => name.slice(0, 100));
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}

interface Fresh {
  readonly uri: string;
  readonly shown: string;
}

async function create(
  { ledger }: ApplyingWorld,
  asked: AskedCode,
  { uri, shown, signal }: Fresh & { readonly signal: AbortSignal },
): Promise<string> {
  const group = begin(ledger, asked);
  const text = asked.code.endsWith('\n') ? asked.code : `${asked.code}\n`;
  const problem = group.create(uri, text);
  if (problem !== undefined) throw await given(group, problem);
  const { failures, isUnknown } = await group.end({ handOver: true, signal });
  if (failures.length > 0) throw new Refusal(failures.join(' '), 'notApplied');
  if (isUnknown) throw new Refusal(`The editor has not told whether it made ${shown}.`, 'unknown');
  return `Made the new file ${shown}.`;
}

/** A path behind the fence names a new file, when nothing is there. */
async function newFileIn(parts: ApplyingWorld, info: string): Promise<Fresh | undefined> {
  for (const path of pathsIn(info)) {
    const meant = await meantBy(parts, path);
    if ('impossible' in meant) continue;
    const { uri, kind, shown } = meant;
    if (kind === undefined && parts.documents.get(uri) === undefined) return { uri, shown };
  }
  return undefined;
}

/** ` ```ts src/a.ts`, ` ```src/a.ts`, ` ```ts:src/a.ts`, ` ```ts title="src/a.ts"`. */
function pathsIn(info: string): readonly string[] {
  const words = [...info.matchAll(/(?:[\w-]+=)?(?:"([^"\n]+)"|'([^'\n]+)'|(\S+))/g)].map(
    ([, one, other, plain]) => one ?? other ?? plain ?? '',
  );
  return words
    .map((word) => word.replace(/^\{|\}$/g, '').replace(/^[\w+#-]+:(?!\/\/)/, ''))
    .filter((word) => /[^\s/]\.[\w-]{1,20}$/.test(word) && word.length <= 1_000)
    .slice(0, 4);
}
