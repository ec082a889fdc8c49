/** What suggestions came to, as numbers that can be added up. Pure. */
import * as z from 'zod';
import type { SuggestionStatistics } from '#shared/suggestions.ts';

const Count = z.number().min(0).max(Number.MAX_SAFE_INTEGER);

export const Counts = z.object({
  requests: Count,
  known: Count,
  shown: Count,
  accepted: Count,
  lines: Count,
  characters: Count,
  kept: Count,
  dollars: Count,
  /** How many answers took at most so long as `steps` say. */
  latency: z.array(Count).max(100),
  filters: z.record(z.string().max(100), Count),
});
export type Counts = z.infer<typeof Counts>;

/** Upper ends in milliseconds, each a tenth above the one before. */
const steps: readonly number[] = Array.from({ length: 80 }, (_, step) => Math.round(10 * 1.1 ** step));

export function noCounts(): Counts {
  return {
    ...{ requests: 0, known: 0, shown: 0, accepted: 0, lines: 0, characters: 0, kept: 0, dollars: 0 },
    ...{ latency: [], filters: {} },
  };
}

export function addLatency(counts: Counts, milliseconds: number): void {
  const found = steps.findIndex((step) => milliseconds <= step);
  const at = found < 0 ? steps.length - 1 : found;
  while (counts.latency.length <= at) counts.latency.push(0);
  counts.latency[at] = (counts.latency[at] ?? 0) + 1;
}

export function sumOf(all: readonly Counts[]): Counts {
  const sum = noCounts();
  for (const counts of all) {
    for (const name of amounts) sum[name] += counts[name];
    for (const [at, count] of counts.latency.slice(0, steps.length).entries()) {
      while (sum.latency.length <= at) sum.latency.push(0);
      sum.latency[at] = (sum.latency[at] ?? 0) + count;
    }
    for (const [name, count] of Object.entries(counts.filters)) sum.filters[name] = (sum.filters[name] ?? 0) + count;
  }
  return sum;
}

const amounts = ['requests', 'known', 'shown', 'accepted', 'lines', 'characters', 'kept', 'dollars'] as const;

export function toStatistics(counts: Counts, since: string): SuggestionStatistics {
  const { latency, ...others } = counts;
  const whole = Object.fromEntries(amounts.map((name) => [name, Math.round(others[name])]));
  const total = latency.reduce((sum, count) => sum + count, 0);
  const percentiles =
    total === 0
      ? {}
      : { latency: { p50: quantile(latency, 0.5), p90: quantile(latency, 0.9), p99: quantile(latency, 0.99) } };
  return { since, ...others, ...whole, dollars: others.dollars, ...percentiles };
}

function quantile(latency: readonly number[], share: number): number {
  const wanted = share * latency.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [at, count] of latency.entries()) {
    seen += count;
    if (seen >= wanted) return steps[at] ?? 0;
  }
  return steps.at(-1) ?? 0;
}
