/** What a call costs, from one dated table (API reference, "Pricing", read 2026-11-22). */
import type { Usage, UsageStep } from '../schema/usage.ts';

/** US dollars per million tokens. */
export interface Rates {
  /** Dollars for a million tokens of the request that are not cached. */
  readonly input: number;
  /** Dollars for a million tokens of the answer. */
  readonly output: number;
  /** Writes kept for five minutes. */
  readonly write5m: number;
  /** Writes kept for an hour. */
  readonly write1h: number;
  /** Dollars for a million tokens read from the cache. */
  readonly read: number;
}

/** What a model costs. */
export interface Price extends Rates {
  /** Rates for prompts longer than so many tokens. */
  readonly long?: Rates & { readonly above: number };
  /** Rates of `speed: "fast"`, as a multiple. */
  readonly fast?: number;
}

/** The prices by which use is turned into dollars. */
export interface PriceTable {
  /** The day on which the prices were read, as `YYYY-MM-DD`. */
  readonly date: string;
  /** Prices by the model's name. */
  readonly models: Readonly<Record<string, Price>>;
  /** US dollars for one search by the service. */
  readonly search: number;
}

/** The prices that `costOf` uses unless it is given others. */
export const priceTable: PriceTable = {
  date: '2026-11-22',
  search: 0.01,
  models: {
    'claude-fable-5-1': { ...rates(10, 50, 0.25) },
    'claude-mythos-5-1': { ...rates(10, 50, 0.25) },
    'claude-fable-5': { ...rates(10, 50, 1) },
    'claude-mythos-5': { ...rates(10, 50, 1) },
    'claude-opus-5-5': { ...rates(4, 20, 0.2), fast: 2 },
    'claude-sonnet-5-5': rates(2, 10, 0.2),
    'claude-haiku-5-5': { ...rates(0.1, 0.5, 0.01), long: { ...rates(0.5, 2.5, 0.05), above: 100_000 } },
    'claude-opus-5': { ...rates(5, 25, 0.5), fast: 2 },
    'claude-opus-4-8': { ...rates(5, 25, 0.5), fast: 2 },
    'claude-opus-4-7': rates(5, 25, 0.5),
    'claude-opus-4-6': rates(5, 25, 0.5),
    'claude-opus-4-5': rates(5, 25, 0.5),
    'claude-sonnet-5': rates(2, 10, 0.2),
    'claude-sonnet-4-6': rates(3, 15, 0.3),
    'claude-sonnet-4-5': rates(3, 15, 0.3),
    'claude-haiku-4-5': rates(1, 5, 0.1),
  },
};

/** Multiples for requests that stay in one region, and for batches. */
const regionalMultiple = 1.1;
const batchMultiple = 0.5;

/**
 * US dollars for a call.
 * @param model As in the answer; a dated name counts as its undated one.
 * @returns Undefined when the model, or the way it was called, has no price in the table.
 */
export function costOf(usage: Usage, model: string, prices: PriceTable = priceTable): number | undefined {
  const region = usage.inference_geo === 'us' ? regionalMultiple : 1;
  const batch = usage.service_tier === 'batch' ? batchMultiple : 1;
  let tokens = 0;
  for (const step of billedSteps(usage)) {
    const price = priceOf(step.model ?? model, prices);
    const speed = (step.speed ?? usage.speed) === 'fast' ? price?.fast : 1;
    if (price === undefined || speed === undefined) return undefined;
    tokens += costOfStep(step, price) * speed;
  }
  return tokens * region * batch + (usage.server_tool_use?.web_search_requests ?? 0) * prices.search;
}

/** Tokens of one step of a call, each counted once, by what they are billed as. */
export interface BilledStep {
  readonly input: number;
  readonly read: number;
  readonly write5m: number;
  readonly write1h: number;
  readonly output: number;
  /** Advisors and fallbacks are other models, and say which. */
  readonly model: string | undefined;
  readonly speed: string | undefined;
}

/**
 * The steps of a call. The counts at the top leave out compaction and advice: where the steps are listed, they are what
 * is billed. Each is one prompt, so each has its own place on the card for long prompts.
 */
export function billedSteps(usage: Usage): readonly BilledStep[] {
  const steps = usage.iterations ?? [];
  return steps.length === 0 ? [billedStep(usage)] : steps.map(billedStep);
}

function billedStep(step: Usage | UsageStep): BilledStep {
  const write1h = step.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const split = write1h + (step.cache_creation?.ephemeral_5m_input_tokens ?? 0);
  return {
    input: step.input_tokens ?? 0,
    read: step.cache_read_input_tokens ?? 0,
    write5m: Math.max(step.cache_creation_input_tokens ?? 0, split) - write1h,
    write1h,
    output: step.output_tokens ?? 0,
    model: typeof step['model'] === 'string' ? step['model'] : undefined,
    speed: step.speed ?? undefined,
  };
}

function costOfStep({ input, read, write5m, write1h, output }: BilledStep, price: Price): number {
  const prompt = input + read + write5m + write1h;
  const rate = price.long !== undefined && prompt > price.long.above ? price.long : price;
  const dollars =
    input * rate.input + write5m * rate.write5m + write1h * rate.write1h + read * rate.read + output * rate.output;
  return dollars / 1_000_000;
}

/** What a token read from the cache costs, as a multiple of a plain input token; a tenth where the price is not known. */
export function readMultiple(model: string, prices: PriceTable): number {
  const price = priceOf(model, prices);
  return price === undefined || price.input === 0 ? 0.1 : price.read / price.input;
}

function priceOf(model: string, { models }: PriceTable): Price | undefined {
  const undated = model.replace(/-20\d{6}$/, '');
  return Object.hasOwn(models, undated) ? models[undated] : undefined;
}

/** Cache writes are 1.25 and 2 times the input everywhere. */
function rates(input: number, output: number, read: number): Rates {
  return { input, output, read, write5m: input * 1.25, write1h: input * 2 };
}
