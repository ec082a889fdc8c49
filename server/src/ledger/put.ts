/** Puts the edits of an action into the editor's buffers in one step, after the person has agreed where that is needed. */
import type { Approval, FileChange } from '#shared/edits.ts';
import type { Judgement, Origin } from '../editing.ts';
import { type Absorbed, absorb, reachOf } from './absorb.ts';
import type { Carrier } from './carrier.ts';
import type { Draft } from './draft.ts';
import type { Guard } from './guard.ts';
import type { Room } from './room.ts';
import { newTracked, type Tracked } from './tracked.ts';
import { rememberUnder, rememberUndo } from './undoing.ts';

export interface Put {
  readonly group: string;
  readonly origin: Origin;
  /** Of `drafts`; those in conflict are left out. */
  readonly hunks: readonly Tracked[];
  readonly files: readonly FileChange[];
  readonly drafts: readonly Draft[];
  /** What cannot be done everywhere is done nowhere. */
  readonly allOrNothing: boolean;
  /** The person has agreed to it already. */
  readonly agreed?: boolean;
  /** Aborted: whoever agrees now is too late. */
  readonly signal?: AbortSignal | undefined;
}

export interface PutParts {
  readonly room: Room;
  readonly carrier: Carrier;
  readonly guard: Guard;
}

export interface PutResult {
  /** Hunks of new files. */
  readonly created: readonly Tracked[];
  readonly failures: readonly string[];
}

export async function putWhole(parts: PutParts, put: Put): Promise<PutResult> {
  const { room, carrier } = parts;
  const hunks = put.hunks.filter(({ state }) => state === 'proposed');
  if (hunks.length === 0 && put.files.length === 0) return { created: [], failures: [] };
  const problem = await whyNot(parts, put);
  if (problem !== undefined) return { created: [], failures: fail(put, problem) };
  const claim = claiming(room, hunks);
  const edits = () => {
    claim.again();
    const isBlocked = hunks.some(({ state }) => state === 'conflicted');
    if (isBlocked && put.allOrNothing) return [];
    return hunks
      .filter(({ state }) => state === 'proposed')
      .map((hunk) => ({ hunk, start: 0, end: hunk.span.end - hunk.span.start, text: hunk.after }));
  };
  const { group, files, origin } = put;
  const landing = (uri: string): void => rememberUnder(room, uri, claim.taken);
  const done = (): void => {
    for (const hunk of hunks) {
      if (hunk.state !== 'proposed') continue;
      hunk.place = 'buffer';
      // Over one that was pending it may have made what was there before both: nothing is left to decide.
      if (hunk.before === hunk.after) Object.assign(hunk, { state: 'rejected', decided: true });
    }
  };
  const result = await carrier.carry(() => {
    const now = edits();
    return now.length === 0 && files.length === 0
      ? undefined
      : { group, title: origin.title, edits: now, files, undo: 'whole', landing, done };
  });
  const blocked = [...new Set(hunks.flatMap(({ state, reason }) => (state === 'conflicted' ? [reason ?? ''] : [])))];
  if (!result.applied) {
    claim.release();
    const unmade = blocked[0] ?? result.message ?? 'The editor did not make the change, so nothing was changed.';
    return { created: [], failures: fail(put, unmade) };
  }
  for (const uri of new Set(hunks.map((hunk) => hunk.uri))) rememberUndo(room, uri, group);
  return { created: await openCreated(parts, put), failures: blocked };
}

interface Claiming {
  readonly taken: readonly Absorbed[];
  again(): void;
  release(): void;
}

/** What awaits the person where a hunk comes becomes part of it; where it only reaches into the place, both cannot be. */
function claiming(room: Room, hunks: readonly Tracked[]): Claiming {
  let taken: readonly Absorbed[] = [];
  const claim = (hunk: Tracked): readonly Absorbed[] => {
    const reach = reachOf(room, hunk.uri, hunk.span);
    if (reach?.start !== hunk.span.start || reach.end !== hunk.span.end) {
      Object.assign(hunk, {
        state: 'conflicted',
        reason: 'Another change awaits you at this place. Decide on that first.',
      });
      return [];
    }
    return [absorb(room, hunk)];
  };
  const release = (): void => {
    for (const one of taken) one.release();
    taken = [];
  };
  return {
    get taken() {
      return taken;
    },
    again() {
      release();
      taken = hunks.filter(({ state }) => state === 'proposed').flatMap(claim);
    },
    release,
  };
}

/** Nothing of it is done. What the person did not agree to is settled; anything else they may look at and try again. */
export function fail({ hunks }: Put, message: string): readonly string[] {
  // A reason of a rejected one is what the person says.
  const fate = message === notAgreed ? { state: 'rejected', decided: true } : { state: 'conflicted', reason: message };
  for (const hunk of hunks) if (hunk.state === 'proposed') Object.assign(hunk, fate);
  return [message];
}

const notAgreed = 'You did not agree to this change, so nothing was changed.';

/** Undefined when it may be done; files that run or configure something are asked about first (threats S10, S11). */
export async function whyNot({ room, guard }: PutParts, put: Put): Promise<string | undefined> {
  const asked = changesOf(put).map((change) => ({
    change,
    judgement: guard.judge(change.uri, change.before, change.after),
  }));
  const refused = asked.filter(({ judgement }) => judgement.kind === 'refuse');
  if (refused.length > 0) return refused.flatMap(({ judgement }) => judgement.reasons).join(' ');
  const approvals = asked
    .filter(({ judgement }) => judgement.kind === 'ask')
    .map(({ change, judgement }) => approvalOf(change, judgement, guard));
  const isAgreed =
    put.agreed === true ||
    approvals.length === 0 ||
    (await room.parts.editor.approve(put.group, put.origin.title, approvals));
  return isAgreed && put.signal?.aborted !== true ? undefined : notAgreed;
}

type Changed = Pick<Approval, 'uri' | 'before' | 'after'>;

function changesOf({ drafts, files }: Put): readonly Changed[] {
  const texts = drafts.map(({ uri, before, text }) => ({ uri, before, after: text }));
  const created = files.flatMap((file) =>
    file.kind === 'create' ? [{ uri: file.uri, before: '', after: file.text }] : [],
  );
  return [...texts, ...created].filter(({ before, after }) => before !== after);
}

function approvalOf(change: Changed, { reasons }: Judgement, guard: Guard): Approval {
  return { ...change, ...guard.whereIs(change.uri), reasons: [...reasons] };
}

/** New files await the person as well: rejecting them takes them away again. */
async function openCreated({ room }: PutParts, { files, group, origin }: Put): Promise<readonly Tracked[]> {
  await room.parts.editor.prepare(files.map(({ uri }) => uri));
  return files.flatMap((file) => {
    if (file.kind !== 'create' || room.opened(file.uri) === undefined) return [];
    // As the editor took it: it may write line ends and the byte order mark in its own way.
    const opened = room.opened(file.uri)?.text ?? '';
    const plain = (text: string) => text.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n');
    const after = plain(opened) === plain(file.text) ? opened : file.text;
    const span = { start: 0, end: after.length };
    const hunk = newTracked({
      id: room.parts.random(),
      group,
      origin,
      uri: file.uri,
      span,
      before: '',
      after,
      file: 'create',
    });
    room.add(hunk);
    return [hunk];
  });
}
