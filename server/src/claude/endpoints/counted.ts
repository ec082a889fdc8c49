/** What of a request is counted, so that one that is to be sent can be counted as it is (API reference, "Count tokens"). */
import type { CountTokensRequest, MessageRequest } from '../schema/request.ts';

/** What is not counted. A new field does not compile until it is here or in `CountTokensRequest`. */
const uncounted: Readonly<Record<Exclude<keyof MessageRequest, keyof CountTokensRequest>, true>> = {
  max_tokens: true,
  stop_sequences: true,
  metadata: true,
  service_tier: true,
  inference_geo: true,
  container: true,
  diagnostics: true,
  thread: true,
  fallbacks: true,
  fallback_credit_token: true,
};

/** The request without what is not counted. Fields that are newer than this client stay. */
export function countable(request: CountTokensRequest): CountTokensRequest {
  const counted = Object.entries(request).filter(([name]) => !Object.hasOwn(uncounted, name));
  // A request stays one without the fields that only an answer needs.
  return Object.fromEntries(counted) as unknown as CountTokensRequest;
}
