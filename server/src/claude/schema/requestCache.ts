/** Which parts of a prompt the service keeps for later requests (API reference, "Prompt caching"). */

/**
 * Marks the end of a part of the prompt that is kept for later requests. At most four in a request, the automatic one
 * at the top included; parts shorter than the model's minimum are not kept, without an error.
 */
export interface CacheControl {
  readonly type: 'ephemeral';
  /** How long it is kept, counted from its last use; five minutes when absent. One-hour parts must come first. */
  readonly ttl?: '5m' | '1h';
}

/** What may end a part of the prompt that is kept. */
export interface Cacheable {
  /** Set to keep everything up to here; null is as good as absent. */
  readonly cache_control?: CacheControl | null;
}
