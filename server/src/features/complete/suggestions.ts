/** Ghost text, whole: what is known is shown at once, the rest is asked after a pause, one question at a time. */
import type { Position } from '#shared/place.ts';
import type { SuggestionReason } from '#shared/suggestions.ts';
import { type AskingParts, createAsking } from './asking.ts';
import type { Found } from './cache.ts';
import { Superseded } from './flights.ts';
import { gateOf, isWritten } from './gates.ts';
import { lineAfter, lineBefore } from './hole.ts';
import type { Why } from './limits.ts';
import { createShown } from './shown.ts';
import { waited } from './waited.ts';
import { type Selected, type Window, windowAt } from './window.ts';

export interface SuggestionParts extends Omit<AskingParts, 'snoozedUntil'> {
  /** Documents of Gloss's own, such as chats. */
  owns(uri: string): boolean;
  /** What `reason` or `snoozedUntil` tells has changed. */
  changed(): void;
}

export interface SuggestionQuestion {
  readonly uri: string;
  readonly position: Position;
  readonly byHand: boolean;
  /** Of the editor's list of names, where that is open. */
  readonly selected: Selected | undefined;
}

export interface Suggestion {
  readonly id: string;
  /** To be inserted at the cursor, or in place of what `selected` says, with the line ends of the document. */
  readonly text: string;
}

export interface Suggestions {
  /** Undefined where there is nothing to show; `reason` says why. Never fails. */
  suggest(question: SuggestionQuestion, signal: AbortSignal): Promise<Suggestion | undefined>;
  /** The person took it: counts, and asks ahead for what comes next. */
  accepted(id: string): void;
  reason(): SuggestionReason;
  /** 0 ends it. */
  snooze(minutes: number): void;
  snoozedUntil(): Date | undefined;
  /** What answers depend on has changed. */
  forget(): void;
  close(): void;
}

const cancelled: Why = { why: 'cancelled', detail: 'Typing went on.' };
const wrongKind: Why = { why: 'unsupported', detail: 'There are no suggestions in this kind of document.' };

export function createSuggestions(parts: SuggestionParts): Suggestions {
  const { documents, statistics, now, date } = parts;
  const asking = createAsking({ ...parts, snoozedUntil });
  const shown = createShown(parts);
  let snoozed: Date | undefined;
  let reason: SuggestionReason = { why: 'none', detail: '', known: false };

  function snoozedUntil(): Date | undefined {
    if (snoozed !== undefined && snoozed <= date()) snoozed = undefined;
    return snoozed;
  }
  function tell({ why, detail }: Why, started: number, known: boolean): void {
    const took = Math.max(0, now() - started);
    reason = { why, detail: detail.slice(0, 2_000), at: date().toISOString(), took, known };
    parts.changed();
  }
  /** What is to be shown of an answer; else why nothing is. */
  function show({ found, window, selected }: Answered): Suggestion | Why {
    const { known, id } = found;
    if ('nothing' in known)
      return known.nothing === ''
        ? { why: 'empty', detail: 'The model had nothing to add.' }
        : { why: 'filtered', detail: known.nothing };
    const { uri, offset } = window;
    const own = window.isCrlf ? known.text.replaceAll('\n', '\r\n') : known.text;
    const text = (selected?.text ?? '') + own;
    shown.add(id, { uri, text: known.text, offset, length: text.length });
    return { id, text };
  }
  async function answer(asked: SuggestionQuestion, signal: AbortSignal): Promise<Outcome> {
    const { uri, position, byHand, selected } = asked;
    const window = windowAt(documents, uri, position, selected);
    if (window === undefined || parts.owns(uri) || !isWritten(uri)) return { told: wrongKind, known: true };
    const settings = await parts.settings(uri);
    const facts = { trust: parts.trust(), byHand, snoozedUntil: snoozedUntil(), isListOpen: selected !== undefined };
    const gate = gateOf(window, { settings: settings.suggestions, ...facts });
    const known = gate === undefined || gate.onlyAsking === true ? asking.known(window) : undefined;
    if (known !== undefined && ('text' in known.known || !byHand)) {
      statistics.add((counts) => {
        counts.known += 1;
      });
      return { told: show({ found: known, window, selected }), known: true };
    }
    const refused = gate ?? asking.refusal(settings, byHand);
    if (refused !== undefined) return { told: refused, known: true };
    const place = { lineBefore: lineBefore(window.before), lineAfter: lineAfter(window.after) };
    if (!byHand && !asking.isAsking(window) && !(await waited(asking.pace.delay(place), signal)))
      return { told: cancelled, known: false };
    const flown = await asking.ask({ window, settings, byHand }, signal);
    if ('why' in flown) return { told: flown.why, known: false };
    // What was typed meanwhile is asked about anew, and by then the answer is known.
    if (documents.get(uri)?.version !== window.version) return { told: cancelled, known: false };
    return { told: show({ found: flown.found, window, selected }), known: false };
  }

  return {
    async suggest(asked, signal) {
      const started = now();
      const { told, known } = await answer(asked, signal).catch((error: unknown) => ({
        told: error instanceof Superseded ? cancelled : asking.failed(error),
        known: false,
      }));
      if ('why' in told) tell(told, started, known);
      else tell({ why: 'shown', detail: '' }, started, known);
      return 'why' in told ? undefined : told;
    },
    accepted(id) {
      const taken = shown.accepted(id);
      if (taken === undefined) return;
      asking.pace.accepted();
      asking.ahead(taken).catch((error: unknown) => {
        if (!(error instanceof Superseded)) asking.failed(error);
      });
    },
    reason: () => reason,
    snooze(minutes) {
      snoozed = minutes === 0 ? undefined : new Date(date().getTime() + minutes * 60_000);
      parts.changed();
    },
    snoozedUntil,
    forget: () => asking.forget(),
    close() {
      asking.close();
      shown.close();
    },
  };
}

interface Answered {
  readonly found: Found;
  readonly window: Window;
  readonly selected: Selected | undefined;
}

interface Outcome {
  readonly told: Suggestion | Why;
  readonly known: boolean;
}
