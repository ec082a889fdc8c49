/** What the service says of its limits with each answer, as values. */

/** One token bucket. Absent parts were not sent. */
export interface RateLimit {
  /** Size of the bucket. */
  readonly limit?: number;
  /** What is left until the limit is full again. */
  readonly remaining?: number;
  /** When the bucket is full again, as milliseconds since 1970. */
  readonly resetsAt?: number;
}

/** The limits in force by `anthropic-ratelimit-*`, `anthropic-priority-*` and `anthropic-fast-*`. */
export interface RateLimits {
  /** Requests a minute. */
  readonly requests?: RateLimit;
  /** The most restrictive token limit. */
  readonly tokens?: RateLimit;
  /** Tokens of requests a minute. */
  readonly inputTokens?: RateLimit;
  /** Tokens of answers a minute. */
  readonly outputTokens?: RateLimit;
  /** Tokens of requests a minute, of the priority tier. */
  readonly priorityInputTokens?: RateLimit;
  /** Tokens of answers a minute, of the priority tier. */
  readonly priorityOutputTokens?: RateLimit;
  /** Tokens of requests a minute, at `speed: fast`. */
  readonly fastInputTokens?: RateLimit;
  /** Tokens of answers a minute, at `speed: fast`. */
  readonly fastOutputTokens?: RateLimit;
}

const prefixes: Readonly<Record<keyof RateLimits, string>> = {
  requests: 'anthropic-ratelimit-requests',
  tokens: 'anthropic-ratelimit-tokens',
  inputTokens: 'anthropic-ratelimit-input-tokens',
  outputTokens: 'anthropic-ratelimit-output-tokens',
  priorityInputTokens: 'anthropic-priority-input-tokens',
  priorityOutputTokens: 'anthropic-priority-output-tokens',
  fastInputTokens: 'anthropic-fast-input-tokens',
  fastOutputTokens: 'anthropic-fast-output-tokens',
};

/** The limits that an answer's headers name; undefined when they name none. Values that make no sense are left out. */
export function rateLimitsOf(headers: Readonly<Record<string, string>>): RateLimits | undefined {
  const found: { -readonly [Name in keyof RateLimits]: RateLimit } = {};
  // The table's keys are the names of the interface.
  for (const name of Object.keys(prefixes) as (keyof RateLimits)[]) {
    const limit = limitOf(headers, prefixes[name]);
    if (limit !== undefined) found[name] = limit;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

function limitOf(headers: Readonly<Record<string, string>>, prefix: string): RateLimit | undefined {
  const limit = countOf(headers[`${prefix}-limit`]);
  const remaining = countOf(headers[`${prefix}-remaining`]);
  const resetsAt = timeOf(headers[`${prefix}-reset`]);
  if (limit === undefined && remaining === undefined && resetsAt === undefined) return undefined;
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(resetsAt !== undefined && { resetsAt }),
  };
}

function countOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}
