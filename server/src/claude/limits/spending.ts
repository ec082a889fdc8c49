/** Limits that the caller sets on what calls may cost. */
import { ClaudeError } from '../errors.ts';
import type { SpendMeter } from './meter.ts';

/** No more calls once so much was spent. What is under way goes on: a limit can be passed by what it costs. */
export interface SpendLimit {
  /** US dollars. */
  readonly dollars: number;
  /** Milliseconds in which they may be spent, counted back from now; in all, when absent. */
  readonly per?: number;
}

/** Calls whose cost is counted together. */
export interface SpendGroup {
  /** Counts what the calls of the group use. */
  readonly meter: SpendMeter;
  /** What they may cost together; no limit when absent. */
  readonly limit?: SpendLimit;
}

/** @throws ClaudeError of kind `configuration` for a limit that is none. */
export function checkedLimit(limit: SpendLimit): SpendLimit {
  const { dollars, per } = limit;
  if (dollars >= 0 && (per === undefined || (per > 0 && per < Infinity))) return limit;
  throw new ClaudeError(
    'configuration',
    'The spending limit cannot be used. Give dollars as a number from 0 on, and per as milliseconds above 0.',
    { stage: 'settings', field: 'spendLimit' },
  );
}

/** Why another call must not be made, if it must not. */
export function spendRefusal({ meter, limit }: SpendGroup): ClaudeError | undefined {
  if (limit === undefined) return undefined;
  const used = limit.per === undefined ? meter.total.dollars : meter.dollarsWithin(limit.per);
  if (used < limit.dollars) return undefined;
  const span = limit.per === undefined ? '' : ` in ${spanOf(limit.per)}`;
  const what = `The limit of $${limit.dollars}${span} that was set for this program is reached: $${shown(used)} was used, and nothing more was sent.`;
  return new ClaudeError('spend_limit', what, { stage: 'queue', field: 'spendLimit' });
}

function shown(dollars: number): string {
  return dollars.toFixed(dollars < 0.1 ? 4 : 2);
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** `1 day`, `90 minutes`. */
function spanOf(milliseconds: number): string {
  const [name, length] = units.find(([, size]) => milliseconds % size === 0) ?? ['millisecond', 1];
  const count = milliseconds / length;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
