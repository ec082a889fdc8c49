/** A hunk that grows in the document while the model writes it. */
import type { GrowingText, Origin } from '../editing.ts';
import { fitted } from '../text/fit.ts';
import { createGrowth } from '../text/growing.ts';
import { lineChanges } from '../text/lineDiff.ts';
import type { Span } from '../text/spans.ts';
import { absorb, reachOf } from './absorb.ts';
import type { Carrier } from './carrier.ts';
import type { Draft } from './draft.ts';
import { undone } from './follow.ts';
import { createRegion, type NextStep } from './region.ts';
import type { Room } from './room.ts';
import { newTracked, type Tracked } from './tracked.ts';
import { rememberUnder, rememberUndo } from './undoing.ts';

export interface Growing extends Omit<GrowingText, 'end'> {
  /** The new text is whole. Resolves when it is in the document, with the hunks that it has become. */
  end(): Promise<readonly Tracked[]>;
}

export interface GrowingParts {
  readonly group: string;
  readonly origin: Origin;
  readonly uri: string;
  /** Whole lines. */
  readonly span: Span;
  readonly lineEnd: string;
  readonly nextStep: NextStep;
}

/** Milliseconds between two steps: a screen shows no more (product decision 10.6). */
const shortestStep = 33;

export function startGrowing(room: Room, carrier: Carrier, { nextStep, lineEnd, ...parts }: GrowingParts): Growing {
  const text = room.opened(parts.uri)?.text ?? '';
  const span = reachOf(room, parts.uri, parts.span);
  if (span === undefined) return neverGrown('Another edit is being made at this place.');
  const before = text.slice(span.start, span.end);
  const hunk = newTracked({ ...parts, span, id: room.parts.random(), before, growing: true });
  room.add(hunk);
  const absorbed = absorb(room, hunk);
  room.changed(parts.uri);
  const begins = (): void => rememberUnder(room, parts.uri, [absorbed]);
  const region = createRegion(hunk, { room, carrier, nextStep, begins });
  const growth = createGrowth(before, lineEnd);
  // Hunks that reach into the place belong to it with all that they are.
  let waiting = text.slice(span.start, parts.span.start);
  const rest = text.slice(parts.span.end, span.end);
  let running = Promise.resolve();
  let isRunning = false;
  const isAlive = () => hunk.growing && hunk.state === 'proposed' && region.problem === undefined;
  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting !== '' && isAlive()) {
      const text = waiting;
      waiting = '';
      growth.push(text);
      await region.become(growth.shown, false);
      if (waiting !== '') await room.parts.wait(shortestStep);
    }
    isRunning = false;
  };
  /** The editor does not go on: what is there is the hunk, so that it can be rejected. */
  const settleAsIs = (): readonly Tracked[] => {
    if (region.problem === undefined || !hunk.growing || hunk.state !== 'proposed') return [];
    hunk.warnings = [region.problem];
    return split(room, hunk, region.text);
  };
  return {
    get stopped() {
      return isAlive() ? undefined : (region.problem ?? stoppedBy(hunk));
    },
    push(text) {
      waiting += text;
      if (!isRunning) running = run();
    },
    async end() {
      await running;
      if (isAlive()) {
        growth.push(waiting + rest);
        growth.end();
        await region.become(growth.shown, true);
      }
      return isAlive() ? split(room, hunk, growth.shown) : settleAsIs();
    },
    async abandon(reason) {
      await running;
      if (isAlive()) await region.become(before, true);
      if (!isAlive()) return void settleAsIs();
      Object.assign(hunk, { growing: false, stopped: true, state: 'rejected', reason, decided: true });
      absorbed.release();
      room.changed(parts.uri);
    },
  };
}

function stoppedBy({ state, reason }: Tracked): string | undefined {
  if (state === 'edited') return 'You changed the code while it was being rewritten, so the rest was left out.';
  return state === 'rejected' && reason === undone ? 'You took it back while it was being written.' : reason;
}

/** One hunk for each place that is another now; none where everything is as before. */
function split(room: Room, hunk: Tracked, text: string): readonly Tracked[] {
  const { start } = hunk.span;
  const parts = lineChanges(hunk.before, text).map((change, index) =>
    newTracked({
      ...hunk,
      busy: false,
      id: index === 0 ? hunk.id : room.parts.random(),
      before: hunk.before.slice(change.start, change.end),
      after: text.slice(change.newStart, change.newEnd),
      span: { start: start + change.newStart, end: start + change.newEnd },
      growing: false,
    }),
  );
  room.remove(hunk);
  Object.assign(hunk, { growing: false, decided: true });
  for (const part of parts) room.add(part);
  rememberUndo(room, hunk.uri, hunk.group);
  room.changed(hunk.uri);
  return parts;
}

/** An edit that does not come to be. */
function neverGrown(stopped: string): Growing {
  return { push: () => undefined, end: async () => [], abandon: async () => undefined, stopped };
}

/** Text for a draft is put in when it is whole. */
export function growDraft(draft: Draft | undefined, span: Span): Growing {
  let text = '';
  return {
    push(piece) {
      text += piece;
    },
    async end() {
      if (draft !== undefined) draft.edit({ ...span, text: fitted(text, { document: draft.text, ...span }) });
      return [];
    },
    abandon: async () => undefined,
    stopped: undefined,
  };
}
