/** Adds up what calls used and cost. */
import { type Clock, systemClock } from '../clock.ts';
import { billedSteps, costOf, type PriceTable, priceTable, readMultiple } from '../models/prices.ts';
import type { Usage } from '../schema/usage.ts';

/** What was used, by kind. */
export interface Spent {
  /** Calls that had an answer, whole or in part. */
  readonly calls: number;
  /** Those among them that the price table has no price for: their tokens count, their dollars do not. */
  readonly unpricedCalls: number;
  /** Tokens that were neither read from a cache nor written to one. */
  readonly inputTokens: number;
  /** Tokens that were read from the cache. */
  readonly cacheReadTokens: number;
  /** Written to be kept for five minutes. */
  readonly cacheWriteTokens5m: number;
  /** Written to be kept for an hour. */
  readonly cacheWriteTokens1h: number;
  /** With what was thought. */
  readonly outputTokens: number;
  /** All input, as the number of plain input tokens that would have cost the same. */
  readonly effectiveInputTokens: number;
  /** Searches by the service. */
  readonly searches: number;
  /** US dollars. */
  readonly dollars: number;
}

/** Counts what calls use. May be shared by clients, and be given to single calls. */
export interface SpendMeter {
  /** All that was used, over all models. */
  readonly total: Spent;
  /** By the model that answered; beyond the first hundred models the rest counts as `other`. */
  readonly models: ReadonlyMap<string, Spent>;
  /** Counts what was used elsewhere, such as the results of a batch. */
  add(model: string, usage: Usage): void;
  /** US dollars of the last so many milliseconds; counted since it was first asked for them. */
  dollarsWithin(milliseconds: number): number;
}

/** How a meter counts. */
export interface MeterOptions {
  /** In place of the client's own table. */
  readonly prices?: PriceTable;
  /** Where time comes from. For tests. */
  readonly clock?: Clock;
}

const nothing: Spent = {
  calls: 0,
  unpricedCalls: 0,
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens5m: 0,
  cacheWriteTokens1h: 0,
  outputTokens: 0,
  effectiveInputTokens: 0,
  searches: 0,
  dollars: 0,
};

/** Names come from the service: they must not fill the memory. */
const mostModels = 100;

/** A meter that stands at nothing. Give it to several clients to count them together. */
export function createSpendMeter({ prices = priceTable, clock = systemClock }: MeterOptions = {}): SpendMeter {
  let total = nothing;
  const models = new Map<string, Spent>();
  const windows = new Map<number, Window>();
  return {
    get total() {
      return total;
    },
    models,
    add(model, usage) {
      const spent = spentOf(model, usage, prices);
      const name = models.has(model) || models.size < mostModels ? model : 'other';
      total = sumOf(total, spent);
      models.set(name, sumOf(models.get(name) ?? nothing, spent));
      for (const window of windows.values()) window.add(clock.now(), spent.dollars);
    },
    dollarsWithin(milliseconds) {
      const window = windows.get(milliseconds) ?? createWindow(milliseconds);
      windows.set(milliseconds, window);
      return window.sum(clock.now());
    },
  };
}

/**
 * How much of the input was read from a cache, from 0 to 1; 0 where there was no input (API reference, "Prompt
 * caching").
 */
export function hitRatio({ inputTokens, cacheReadTokens, cacheWriteTokens5m, cacheWriteTokens1h }: Spent): number {
  const input = inputTokens + cacheReadTokens + cacheWriteTokens5m + cacheWriteTokens1h;
  return input === 0 ? 0 : cacheReadTokens / input;
}

/** One call's usage as sums. */
export function spentOf(model: string, usage: Usage, prices: PriceTable): Spent {
  const dollars = costOf(usage, model, prices);
  const counted = { ...nothing, calls: 1, unpricedCalls: dollars === undefined ? 1 : 0, dollars: dollars ?? 0 };
  const readCost = readMultiple(model, prices);
  const steps = billedSteps(usage).map(({ input, read, write5m, write1h, output }) => ({
    ...nothing,
    inputTokens: input,
    cacheReadTokens: read,
    cacheWriteTokens5m: write5m,
    cacheWriteTokens1h: write1h,
    outputTokens: output,
    effectiveInputTokens: input + read * readCost + write5m * 1.25 + write1h * 2,
  }));
  return steps.reduce(sumOf, { ...counted, searches: usage.server_tool_use?.web_search_requests ?? 0 });
}

function sumOf(one: Spent, other: Spent): Spent {
  return {
    calls: one.calls + other.calls,
    unpricedCalls: one.unpricedCalls + other.unpricedCalls,
    inputTokens: one.inputTokens + other.inputTokens,
    cacheReadTokens: one.cacheReadTokens + other.cacheReadTokens,
    cacheWriteTokens5m: one.cacheWriteTokens5m + other.cacheWriteTokens5m,
    cacheWriteTokens1h: one.cacheWriteTokens1h + other.cacheWriteTokens1h,
    outputTokens: one.outputTokens + other.outputTokens,
    effectiveInputTokens: one.effectiveInputTokens + other.effectiveInputTokens,
    searches: one.searches + other.searches,
    dollars: one.dollars + other.dollars,
  };
}

/** A sum over a span of time that moves along. */
interface Window {
  add(now: number, amount: number): void;
  sum(now: number): number;
}

/** A sixtieth of the span too much is kept, never too little. */
const slots = 60;

function createWindow(milliseconds: number): Window {
  const amounts = new Map<number, number>();
  const slotOf = (now: number) => Math.floor((now * slots) / milliseconds);
  const dropOld = (slot: number) => {
    for (const old of amounts.keys()) if (old < slot - slots) amounts.delete(old);
  };
  return {
    add(now, amount) {
      const slot = slotOf(now);
      dropOld(slot);
      amounts.set(slot, (amounts.get(slot) ?? 0) + amount);
    },
    sum(now) {
      dropOld(slotOf(now));
      return [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
    },
  };
}
