/** Asks the service for suggestions, keeps the answers, and asks ahead. */
import type { Settings } from '#shared/settings.ts';
import type { ChatOutgoing, Documents, LiveTexts, Log, Trust } from '../../ports.ts';
import { nextOf } from './ahead.ts';
import { createSuggestionCache, type Found } from './cache.ts';
import { addLatency } from './counts.ts';
import { createEdited } from './edited.ts';
import { createFilters } from './filters/index.ts';
import { createFlights, type Flown } from './flights.ts';
import { gateOf, modeFor } from './gates.ts';
import { createGatherer } from './gather.ts';
import { shapeOf } from './hole.ts';
import { createLimits, type Why } from './limits.ts';
import { createPace, type Pace } from './pace.ts';
import { askOnce } from './run.ts';
import type { ShownText } from './shown.ts';
import type { Statistics } from './statistics.ts';
import { holeOf, placeOf, type Window, windowAt } from './window.ts';

export interface Wish {
  readonly window: Window;
  readonly settings: Settings;
  readonly byHand: boolean;
}

export interface Asking {
  readonly pace: Pace;
  known(window: Window): Found | undefined;
  /** Why nothing may be asked now. */
  refusal(settings: Settings, byHand: boolean): Why | undefined;
  /** The same is asked already. */
  isAsking(window: Window): boolean;
  /** @throws Superseded; Refusal and ClaudeError for `failed`. */
  ask(wish: Wish, signal: AbortSignal | undefined): Promise<Flown>;
  /** For what comes behind a suggestion that was taken. @throws as `ask`. */
  ahead(taken: ShownText): Promise<void>;
  failed(error: unknown): Why;
  forget(): void;
  close(): void;
}

export interface AskingParts {
  readonly documents: Documents & LiveTexts;
  readonly outgoing: ChatOutgoing;
  readonly statistics: Pick<Statistics, 'add'>;
  readonly log: Log;
  settings(uri: string): Promise<Settings>;
  /** Why a document stays on this machine; undefined when it may leave. */
  reasonToStay(uri: string, excludedFiles: readonly string[]): Promise<Why | undefined>;
  trust(): Trust;
  snoozedUntil(): Date | undefined;
  isSecret(text: string): boolean;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  date(): Date;
  random(): string;
}

export function createAsking(parts: AskingParts): Asking {
  const { documents, outgoing, statistics, now } = parts;
  const cache = createSuggestionCache();
  const pace = createPace();
  const limits = createLimits(now);
  const edited = createEdited(documents);
  const gatherer = createGatherer({ documents, outgoing, edited: edited.places });
  const filters = createFilters(parts.isSecret);
  const flights = createFlights();
  documents.watch({
    changed(before, after, changes) {
      edited.changed?.(before, after, changes);
      const [change] = changes;
      // A key, not a paste and not a change of ours.
      if (changes.length === 1 && change !== undefined && change.text.length + change.end - change.start < 3)
        pace.typed(now());
    },
    closed(snapshot) {
      edited.closed?.(snapshot);
      cache.forget(snapshot.uri);
      gatherer.forget(snapshot.uri);
    },
  });

  async function fly({ window, settings, byHand }: Wish, signal: AbortSignal): Promise<Flown> {
    const { excludedFiles, suggestions } = settings;
    // Both at once: what is gathered goes nowhere where the document stays.
    const [stays, gathered] = await Promise.all([
      parts.reasonToStay(window.uri, excludedFiles),
      gatherer.gather(window, excludedFiles),
    ]);
    if (stays !== undefined) return { why: stays };
    if (gathered === undefined)
      return { why: { why: 'secret', detail: 'Something in this line looks like a secret.' } };
    signal.throwIfAborted();
    const started = now();
    const spent = limits.began();
    statistics.add((counts) => {
      counts.requests += 1;
    });
    const paid = (dollars: number): void => {
      spent(dollars);
      statistics.add((counts) => {
        counts.dollars += dollars;
      });
    };
    const asked = { ...holeOf(window), shape: shapeOf(window) };
    const question = { gathered, asked, byHand, excludedFiles, model: suggestions.model };
    const { text, by } = await askOnce({ outgoing, filters, paid }, question, signal);
    limits.answered();
    pace.answered(now() - started);
    statistics.add((counts) => {
      addLatency(counts, now() - started);
      for (const name of by) counts.filters[name] = (counts.filters[name] ?? 0) + 1;
    });
    const known = text === undefined || text === '' || !text.isWellFormed() ? { nothing: by.at(-1) ?? '' } : { text };
    const id = parts.random();
    cache.keep(placeOf(window), id, known);
    return { found: { known, id } };
  }

  const ask: Asking['ask'] = (wish, signal) => flights.join(placeOf(wish.window), signal, (own) => fly(wish, own));

  return {
    pace,
    known: (window) => cache.find(placeOf(window)),
    refusal: ({ suggestions }, byHand) => limits.refusal(suggestions, byHand),
    isAsking: (window) => flights.isAt(placeOf(window)),
    ask,
    async ahead({ uri, text, offset, length }) {
      const position = documents.positionAt(uri, offset + length);
      const there = windowAt(documents, uri, position);
      // An editor that tells of the acceptance before it has changed the text.
      if (there === undefined || !there.before.endsWith(text)) return;
      const window = nextOf(there);
      const settings = await parts.settings(uri);
      const { suggestions } = settings;
      const facts = { trust: parts.trust(), byHand: false, isListOpen: false, snoozedUntil: parts.snoozedUntil() };
      const mayAsk =
        modeFor(suggestions, window.languageId) === 'automatic' &&
        gateOf(window, { settings: suggestions, ...facts }) === undefined &&
        limits.refusal(suggestions, false) === undefined &&
        cache.find(placeOf(window)) === undefined;
      if (mayAsk) await ask({ window, settings, byHand: false }, undefined);
    },
    failed(error) {
      const why = limits.failed(error);
      if (why.why !== 'limited') parts.log.warn(`no suggestion: ${why.why}`);
      return why;
    },
    forget() {
      cache.forget();
      limits.changed();
    },
    close: () => flights.close(),
  };
}
