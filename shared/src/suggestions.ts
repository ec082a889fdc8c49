/** The words about suggestions while typing (ghost text): what is on, why nothing was shown, and what came of them. */
import * as z from 'zod';
import { notification, request } from './request.ts';
import { SuggestionMode } from './settings.ts';

/** Why the last request showed what it showed, for "Why No Suggestion?". */
export const SuggestionReason = z.strictObject({
  /**
   * `shown`: something was; `off`: here or everywhere; `snoozed`; `manual`: only by hand; `excluded`: this file stays on
   * this machine; `secret`: it may hold keys; `unsupported`: no document of this kind; `cancelled`: typing went on;
   * `filtered`: `detail` names the filter; `empty`: the model had nothing; `limited`: the service asks to wait;
   * `budget`: requests or money of this hour are used up; `failed`: `detail` is for the person; `signedOut`;
   * `listOpen`: the editor shows its own list, which is not disturbed; `none`: nothing was asked yet.
   */
  why: z.enum([
    ...(['shown', 'off', 'snoozed', 'manual', 'excluded', 'secret', 'unsupported', 'cancelled'] as const),
    ...(['filtered', 'empty', 'limited', 'budget', 'failed', 'signedOut', 'listOpen', 'none'] as const),
  ]),
  detail: z.string().max(2_000),
  /** ISO 8601; absent for `none`: nothing was asked yet. */
  at: z.iso.datetime().optional(),
  /** Milliseconds from the request of the editor to the answer. */
  took: z.number().min(0).optional(),
  /** Nothing was asked of the service: it was known. */
  known: z.boolean(),
});
export type SuggestionReason = z.infer<typeof SuggestionReason>;

const Percentiles = z.strictObject({ p50: z.number(), p90: z.number(), p99: z.number() });

/** Three weeks: longer than an editor runs, shorter than the longest timer (2^31 - 1 milliseconds). */
export const longestSnooze = 30_000;

/** Since it was begun to count, kept on this machine only. */
export const SuggestionStatistics = z.strictObject({
  since: z.iso.datetime(),
  requests: z.int().min(0),
  /** Answers that were known already. */
  known: z.int().min(0),
  shown: z.int().min(0),
  accepted: z.int().min(0),
  /** Lines and code units of what was accepted. */
  lines: z.int().min(0),
  characters: z.int().min(0),
  /** Of what was accepted, still there after 30 seconds. */
  kept: z.int().min(0),
  /** US dollars, where prices are known. */
  dollars: z.number().min(0),
  /** Milliseconds from the request to the first text, and to the answer; absent before the first one. */
  latency: Percentiles.optional(),
  /** Filter → answers that it changed or held back. */
  filters: z.record(z.string(), z.int().min(0)),
});
export type SuggestionStatistics = z.infer<typeof SuggestionStatistics>;

export const whySuggestionRequest = request({
  method: 'gloss/whySuggestion',
  from: 'client',
  summary: 'Why the last request for a suggestion showed what it showed.',
  params: z.strictObject({}),
  result: SuggestionReason,
});

export const suggestionStatisticsRequest = request({
  method: 'gloss/suggestionStatistics',
  from: 'client',
  summary: 'What suggestions came to: shown, accepted, kept, cost. With `reset` it begins to count anew.',
  params: z.strictObject({ reset: z.boolean() }),
  result: SuggestionStatistics,
});

export const snoozeSuggestionsRequest = request({
  method: 'gloss/snoozeSuggestions',
  from: 'client',
  summary: 'Asks for no suggestions by itself for some minutes, or until the server starts anew; 0 ends that.',
  params: z.strictObject({ minutes: z.number().min(0).max(longestSnooze) }),
  result: z.strictObject({ until: z.iso.datetime().optional() }),
});

const SuggestionsTold = z.strictObject({
  mode: SuggestionMode,
  snoozedUntil: z.iso.datetime().optional(),
  reason: SuggestionReason,
});
export type SuggestionsTold = z.infer<typeof SuggestionsTold>;

export const suggestionsNotification = notification({
  method: 'gloss/suggestions',
  from: 'server',
  summary: 'What is on, whenever it has changed: the mode everywhere, and until when suggestions rest.',
  params: SuggestionsTold,
});
