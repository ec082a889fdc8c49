/** What a call used: the `usage` of messages and of `message_delta` events (API reference, "Messages"). */
import * as z from 'zod';

const Tokens = z.number().min(0);
const Count = Tokens.nullish();

const counts = {
  cache_creation_input_tokens: Count,
  cache_read_input_tokens: Count,
  /** Cache writes by how long they live. */
  cache_creation: z.looseObject({ ephemeral_5m_input_tokens: Count, ephemeral_1h_input_tokens: Count }).nullish(),
  output_tokens_details: z.looseObject({ thinking_tokens: Count }).nullish(),
  /** Searches and fetches by the service; searches are billed. */
  server_tool_use: z.looseObject({ web_search_requests: Count, web_fetch_requests: Count }).nullish(),
  service_tier: z.string().nullish(),
  speed: z.string().nullish(),
  inference_geo: z.string().nullish(),
};

/** One step of a call that was billed in several (beta). */
export const UsageStep = z.looseObject({ ...counts, type: z.string(), input_tokens: Count, output_tokens: Count });
export type UsageStep = z.infer<typeof UsageStep>;

/** Tokens by kind. Total input is the sum of the three input counts; thinking is part of the output. */
export const Usage = z.looseObject({
  ...counts,
  /** Tokens after the last cache breakpoint. */
  input_tokens: Tokens,
  output_tokens: Tokens,
  iterations: z.array(UsageStep).nullish(),
});
export type Usage = z.infer<typeof Usage>;

/** The cumulative counts of `message_delta`: what is absent or null keeps its earlier value. */
export const UsageDelta = z.looseObject({ ...counts, input_tokens: Count, output_tokens: Count });
export type UsageDelta = z.infer<typeof UsageDelta>;
