/** The edits of one action: in the document while they are made, or whole at the end; all or nothing where that is asked. */
import type { FileChange, UndoStep } from '#shared/edits.ts';
import type { EditGroup, EndedGroup, EndOptions, Origin, WholeEdit } from '../editing.ts';
import { Refusal } from '../ports.ts';
import { targetOf } from '../text/target.ts';
import type { Carrier } from './carrier.ts';
import { createDraft, type Draft } from './draft.ts';
import { type Growing, type GrowingParts, growDraft, startGrowing } from './growing.ts';
import type { Guard } from './guard.ts';
import { hiddenAdded } from './hiddenCharacters.ts';
import { fail, type Put, putWhole, whyNot } from './put.ts';
import type { Room } from './room.ts';
import { newTracked, type Tracked } from './tracked.ts';
import { startWary } from './wary.ts';
import { handed, type Offer, offerOf, toWholeEdit } from './whole.ts';

export interface GroupParts {
  readonly room: Room;
  readonly carrier: Carrier;
  readonly guard: Guard;
  readonly roots: () => readonly string[];
  /** Where the text of a file comes from that the editor has not open. */
  readFile(uri: string): Promise<string>;
  /** Whole edits are watched for: the editor applies them itself. */
  offered(offer: Offer): void;
}

/** The documents and files of one action, each in one of three ways. */
interface Work {
  /** New text shows in them while it comes. */
  readonly live: Set<string>;
  /** They are changed at the end. */
  readonly drafts: Map<string, Draft>;
  readonly created: Map<string, string>;
  /** Goes or moves when the person accepts it. */
  readonly proposed: Tracked[];
  /** Hunks that are in their document. */
  readonly done: Tracked[];
  /** Documents with an open undo step. */
  readonly begun: Set<string>;
}

/** @param whole nothing goes into the buffer before the end: the edit is handed to the editor as a whole. */
export function createGroup(parts: GroupParts, origin: Origin, whole: boolean): EditGroup {
  const { room, guard } = parts;
  const { editor, random } = room.parts;
  const id = random();
  const isWhole = whole || !editor.keepsPending;
  const work: Work = {
    live: new Set(),
    drafts: new Map(),
    created: new Map(),
    proposed: [],
    done: [],
    begun: new Set(),
  };
  const unfollow = room.follow((uri, changes) => work.drafts.get(uri)?.heard(changes));
  const nextStep = (uri: string): UndoStep => {
    const step = work.begun.has(uri) ? 'middle' : 'first';
    work.begun.add(uri);
    return step;
  };
  return {
    id,
    resolve(path, document) {
      const { roots } = parts;
      const isOpen = (uri: string) => room.parts.documents.get(uri) !== undefined;
      const target = targetOf(path, { document, roots: roots(), place: guard.place, isOpen });
      return target.kind === 'refused' ? { message: target.message } : { uri: target.uri };
    },
    open: (uri) => openIn(work, parts, uri, isWhole),
    text: (uri) =>
      work.live.has(uri) ? room.opened(uri)?.text : (work.drafts.get(uri)?.text ?? work.created.get(uri)),
    grow(uri, span, lineEnd) {
      const growing = work.live.has(uri)
        ? growLive(parts, { group: id, origin, uri, span, lineEnd, nextStep })
        : growDraft(work.drafts.get(uri), span);
      return {
        push: (text) => growing.push(text),
        abandon: (reason) => growing.abandon(reason),
        get stopped() {
          return growing.stopped;
        },
        end: async () => void work.done.push(...(await growing.end())),
      };
    },
    change(uri, changes) {
      const draft = work.drafts.get(uri) ?? draftOfLive(work, parts, uri);
      for (const one of [...changes].sort((a, b) => b.start - a.start)) draft?.edit(one);
    },
    create(uri, text) {
      const { kind, reasons } = guard.judge(uri, '', text);
      if (kind === 'refuse') return reasons.join(' ');
      work.created.set(uri, text);
      return undefined;
    },
    propose(change) {
      const to = change.kind === 'rename' ? { to: change.to } : {};
      const judged = [change.uri, ...Object.values(to)].map((uri) => guard.judge(uri, '', ''));
      const warnings = [...new Set(judged.flatMap(({ reasons }) => reasons))];
      if (judged.some(({ kind }) => kind === 'refuse')) return warnings.join(' ');
      const place = { span: { start: 0, end: 0 }, before: '', place: 'aside', file: change.kind } as const;
      work.proposed.push(newTracked({ id: random(), group: id, origin, uri: change.uri, ...place, ...to, warnings }));
      return undefined;
    },
    async end({ discard = false, ...options } = {}) {
      if (discard) {
        work.drafts.clear();
        work.created.clear();
        work.proposed.splice(0);
      }
      unfollow();
      for (const uri of work.begun) await closeStep(parts, { group: id, title: origin.title, uri });
      return finish(work, parts, { ...options, id, origin, isWhole });
    },
  };
}

/** Nothing that would make the editor ask a host comes into a buffer before the person has seen it. */
function growLive({ room, carrier, guard }: GroupParts, growing: GrowingParts): Growing {
  const { uri, span, group, origin } = growing;
  const before = room.opened(uri)?.text ?? '';
  return startWary(startGrowing(room, carrier, growing), {
    lead: before.slice(0, span.start),
    judge(text) {
      // Lines come one by one: the whole document is read again only for those that might ask a host.
      const alone = guard.judge(uri, '', text);
      return alone.kind === 'free' && !mayRefer(before, text) ? alone : guard.judge(uri, before, `${before}\n${text}`);
    },
    async agree({ reasons }, text) {
      const after = before.slice(0, span.start) + text + before.slice(span.end);
      return room.parts.editor.approve(group, origin.title, [
        { uri, ...guard.whereIs(uri), reasons: [...reasons], before, after },
      ]);
    },
  });
}

/** An image and the address that it names may be far apart. */
function mayRefer(before: string, text: string): boolean {
  return text.includes('![') || (text.includes(']:') && before.includes('!['));
}

async function openIn(work: Work, parts: GroupParts, uri: string, isWhole: boolean): Promise<string | undefined> {
  if (work.live.has(uri) || work.drafts.has(uri) || work.created.has(uri)) return undefined;
  const { guard, room } = parts;
  const { editor, documents } = room.parts;
  const { kind, reasons } = guard.judge(uri, '', '');
  if (kind === 'refuse') return reasons.join(' ');
  const refusal = editor.keepsPending ? (await editor.prepare([uri])).get(uri) : undefined;
  if (refusal !== undefined) return refusal;
  const document = documents.get(uri);
  if (document === undefined && editor.keepsPending) return 'The editor could not open it.';
  if (document !== undefined && !isWhole && kind === 'free' && !guard.mayFetch(document.languageId)) {
    room.opened(uri);
    work.live.add(uri);
  } else work.drafts.set(uri, draftOf(room, uri) ?? createDraft(uri, null, await parts.readFile(uri)));
  return undefined;
}

/** Changes of the editor's own providers go in together, also where new text would show while it comes. */
function draftOfLive(work: Work, { room }: GroupParts, uri: string): Draft | undefined {
  const draft = draftOf(room, uri);
  if (draft !== undefined) work.drafts.set(uri, draft);
  return draft;
}

/** Of an open document as the ledger has it: what is on its way to the editor comes to the draft as a change. */
function draftOf(room: Room, uri: string): Draft | undefined {
  const sheet = room.opened(uri);
  return sheet === undefined ? undefined : createDraft(uri, sheet.version, sheet.text);
}

interface Finishing extends Omit<EndOptions, 'discard'> {
  readonly id: string;
  readonly origin: Origin;
  readonly isWhole: boolean;
}

async function finish(
  work: Work,
  parts: GroupParts,
  { id, origin, isWhole, allOrNothing = false, agreed = false, handOver = false, signal }: Finishing,
): Promise<EndedGroup> {
  const { room } = parts;
  const made = [...work.drafts.values()].flatMap((draft) =>
    draft.hunks({ group: id, origin, random: room.parts.random }),
  );
  const failures = [...new Set(made.flatMap(({ state, reason }) => (state === 'conflicted' ? [reason ?? ''] : [])))];
  if (allOrNothing && failures.length > 0)
    for (const hunk of made) Object.assign(hunk, { state: 'conflicted', reason: hunk.reason ?? partner });
  for (const hunk of [...work.done, ...made]) warn(hunk);
  for (const hunk of [...made, ...work.proposed]) room.add(hunk);
  const files = [...work.created].map(([uri, text]): FileChange => ({ kind: 'create', uri, text }));
  const put: Put = {
    group: id,
    origin,
    hunks: made,
    files,
    drafts: [...work.drafts.values()],
    allOrNothing,
    agreed,
    signal,
  };
  let wholeEdit: WholeEdit | undefined;
  let isUnknown = false;
  if (isWhole) {
    const problem = (await whyTaken(parts, [...work.created.keys()])) ?? (await whyNot(parts, put));
    if (problem !== undefined) failures.push(...fail(put, problem));
    else {
      const offer = offerOf(put, (uri) => room.parts.documents.get(uri));
      parts.offered(offer);
      for (const hunk of offer.documents.flatMap((document) => document.hunks)) hunk.offered = true;
      if (handOver) {
        const came = await handed(room, put, offer);
        failures.push(...came.failures);
        isUnknown = came.isUnknown;
      } else wholeEdit = toWholeEdit(offer);
    }
  } else {
    const result = await putWhole(parts, put);
    work.done.push(...result.created);
    failures.push(...result.failures);
  }
  for (const uri of new Set([...work.done, ...made, ...work.proposed].map((hunk) => hunk.uri))) room.changed(uri);
  const left = [...work.done, ...made, ...work.proposed].filter(({ state }) => state !== 'rejected');
  return { hunks: left.map((hunk) => hunk.id), failures, isUnknown, whole: wholeEdit };
}

/** Editors that apply whole edits themselves may write over a file that is there: Neovim does. */
async function whyTaken({ room, guard, readFile }: GroupParts, uris: readonly string[]): Promise<string | undefined> {
  for (const uri of uris) {
    const isMissing = (error: unknown) => error instanceof Refusal && error.kind === 'missing';
    const isFree = room.parts.documents.get(uri) === undefined && (await readFile(uri).then(() => false, isMissing));
    if (!isFree) return `${guard.whereIs(uri).target} is there already, so nothing was changed.`;
  }
  return undefined;
}

const partner = 'Another part of this change is in conflict, so nothing of it was done.';

/** An empty edit that closes the undo step of an action. */
async function closeStep(
  { room, carrier }: GroupParts,
  { group, title, uri }: { readonly group: string; readonly title: string; readonly uri: string },
): Promise<void> {
  const anchor = room.sheet(uri)?.hunks.find((hunk) => hunk.group === group && hunk.state === 'proposed');
  if (anchor === undefined) return;
  const edits = [{ hunk: anchor, start: 0, end: 0, text: '' }];
  await carrier.carry(() => ({ group, title, edits, undo: 'last' }));
}

function warn(hunk: Tracked): void {
  const hidden = hiddenAdded(hunk.before, hunk.after);
  if (hidden !== undefined) hunk.warnings = [...hunk.warnings, hidden];
}
