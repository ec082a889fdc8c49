/** What a run has used, and which of its limits that reaches. */
import { createHash } from 'node:crypto';
import { ClaudeError } from '../../errors.ts';
import { costOf } from '../../models/prices.ts';
import type { Message } from '../../schema/message.ts';
import type { Usage, UsageStep } from '../../schema/usage.ts';
import type { LimitName, RunUsage } from './events.ts';
import type { FilledOptions } from './options.ts';

type Limits = Pick<FilledOptions, 'maxTurns' | 'maxTokens' | 'maxDollars' | 'maxPauses' | 'sameCalls' | 'prices'>;

/** Different calls that are remembered; about a megabyte. */
const mostSeen = 10_000;

export class Meter {
  readonly #limits: Limits;
  #turns = 0;
  #tokens = 0;
  #dollars: number | undefined = 0;
  #pauses = 0;
  /** Calls since the last one that was new, by digest. */
  readonly #repeats = new Map<string, number>();
  readonly #seen = new Set<string>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get usage(): RunUsage {
    return { turns: this.#turns, tokens: this.#tokens, dollars: this.#dollars };
  }

  /** @throws ClaudeError of kind `configuration` when a limit in dollars could not be kept. */
  check(model: string): void {
    if (
      this.#limits.maxDollars === Infinity ||
      this.#costOf({ input_tokens: 0, output_tokens: 0 }, model) !== undefined
    )
      return;
    throw new ClaudeError('configuration', `maxDollars cannot be kept: ${model} has no price. Give prices for it.`, {
      stage: 'settings',
      field: 'maxDollars',
    });
  }

  /** An answer has come. @param refused Those of other models before it. */
  count(message: Message, refused: readonly Message[]): void {
    this.#turns += 1;
    for (const { usage, model } of [...refused, message]) {
      const cost = this.#costOf(usage, model);
      this.#tokens += tokensOf(usage);
      this.#dollars = this.#dollars === undefined || cost === undefined ? undefined : this.#dollars + cost;
    }
  }

  #costOf(usage: Usage, model: string): number | undefined {
    return costOf(usage, model, this.#limits.prices);
  }

  /** A turn has paused, or not. @returns Whether that was once too often. */
  pausedTooOften(isPaused: boolean): boolean {
    this.#pauses = isPaused ? this.#pauses + 1 : 0;
    return this.#pauses > this.#limits.maxPauses;
  }

  /** Counts a call. @returns Whether it is the one identical call too many. */
  isLooping(name: string, input: string): boolean {
    // A digest: inputs may be long, and runs, too.
    const call = createHash('sha256').update(`${name}\n${input}`).digest('base64');
    if (!this.#seen.has(call)) this.#repeats.clear();
    if (this.#seen.size >= mostSeen) this.#seen.clear();
    this.#seen.add(call);
    const times = (this.#repeats.get(call) ?? 0) + 1;
    this.#repeats.set(call, times);
    return times >= this.#limits.sameCalls;
  }

  /** The limit that is reached, if any. */
  reached(): LimitName | undefined {
    const { maxTurns, maxTokens, maxDollars } = this.#limits;
    if (this.#turns >= maxTurns) return 'turns';
    if (this.#tokens >= maxTokens) return 'tokens';
    return maxDollars < Infinity && (this.#dollars ?? Infinity) >= maxDollars ? 'dollars' : undefined;
  }
}

/** Tokens in and out of an answer; where steps are listed, they are all that was used. */
export function tokensOf(usage: Usage): number {
  const steps: readonly (Usage | UsageStep)[] = usage.iterations ?? [];
  return (steps.length === 0 ? [usage] : steps).reduce((sum, step) => sum + tokensOfStep(step), 0);
}

function tokensOfStep(step: Usage | UsageStep): number {
  const cached = (step.cache_creation_input_tokens ?? 0) + (step.cache_read_input_tokens ?? 0);
  return (step.input_tokens ?? 0) + cached + (step.output_tokens ?? 0);
}
