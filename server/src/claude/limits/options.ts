/** The options of a client that keep its calls within limits. */
import type { Clock } from '../clock.ts';
import { ClaudeError } from '../errors.ts';
import type { PriceTable } from '../models/prices.ts';
import type { Gate } from './gate.ts';
import { createSpendMeter, type SpendMeter } from './meter.ts';
import { createPacer } from './pacer.ts';
import { checkedLimit, type SpendLimit } from './spending.ts';

/** How calls keep to the limits of the service and to one's own. */
export interface LimitOptions {
  /**
   * Calls that may be under way at once, streams that are being read among them; unlimited when absent. Others wait:
   * a program that makes a call while it reads a stream needs 2 at least.
   */
  readonly maxConcurrent?: number;
  /**
   * Whether calls wait where the service's last answers say that they would be refused; true when absent. Nothing
   * waits as long as nothing of the kind was said.
   */
  readonly pacing?: boolean;
  /** No more calls once so much was spent, as far as `meter` knows. */
  readonly spendLimit?: SpendLimit;
  /** Counts what calls cost; clients that are given the same one count together. Each has its own when absent. */
  readonly meter?: SpendMeter;
  /** For the client's own meter, its hooks and its log, in place of `priceTable`. */
  readonly prices?: PriceTable;
}

export interface LimitParts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly host: string;
}

/** @throws ClaudeError of kind `configuration` that names the option and the fix. */
export function limitsOf(
  { maxConcurrent = Infinity, pacing = true, spendLimit, meter, prices }: LimitOptions,
  { clock, random, host }: LimitParts,
): { readonly gate: Gate; readonly meter: SpendMeter } {
  if (!(maxConcurrent >= 1))
    throw new ClaudeError('configuration', 'No call could be made: maxConcurrent must be 1 or more.', {
      stage: 'settings',
      field: 'maxConcurrent',
    });
  const counting = meter ?? createSpendMeter({ clock, ...(prices && { prices }) });
  const spend = { meter: counting, ...(spendLimit && { limit: checkedLimit(spendLimit) }) };
  return { gate: createPacer({ clock, random, host, maxConcurrent, pacing, spend }), meter: counting };
}
