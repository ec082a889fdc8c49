/** Answers of the smaller endpoints: token counts, models, and errors. */
import * as z from 'zod';

/** API reference, "Count tokens". */
export const TokenCount = z.looseObject({ input_tokens: z.number().min(0) });
export type TokenCount = z.infer<typeof TokenCount>;

const Text = z.string().nullish();

/** Whether a model has something. Absent or null: the service does not say. */
const Support = z.looseObject({ supported: z.boolean().nullish() }).nullish();

/** Some of several: each leaf counts on its own. */
function supports<Name extends string>(...names: readonly Name[]) {
  const leaves = Object.fromEntries(names.map((name) => [name, Support]));
  // The keys are the names.
  return z.looseObject({ supported: z.boolean().nullish(), ...(leaves as Record<Name, typeof Support>) }).nullish();
}

/** What a model accepts (API reference, "Models", capabilities). */
export const ModelCapabilities = z.looseObject({
  batch: Support,
  citations: Support,
  /** Whether code that the model runs can call the request's tools. The tool itself is among `server_tools`. */
  code_execution: Support,
  image_input: Support,
  pdf_input: Support,
  structured_outputs: Support,
  context_management: supports('clear_thinking_20251015', 'clear_tool_uses_20250919', 'compact_20260112'),
  effort: supports('low', 'medium', 'high', 'xhigh', 'max'),
  thinking: z
    .looseObject({
      supported: z.boolean().nullish(),
      types: supports('adaptive', 'between_tools', 'disabled', 'enabled'),
    })
    .nullish(),
  server_tools: supports('web_search', 'code_execution'),
});
export type ModelCapabilities = z.infer<typeof ModelCapabilities>;

/** A model as the service describes it (API reference, "Models"). */
export const ModelInfo = z.looseObject({
  id: z.string(),
  display_name: Text,
  /** RFC 3339; the year 1970 where the day is not known. */
  created_at: Text,
  /** `active`, `deprecated` or `retired`. */
  lifecycle: Text,
  deprecated_at: Text,
  /** When it is planned to end. A day in the past does not mean that it has: `lifecycle` does. */
  retires_at: Text,
  /** `haiku`, `sonnet`, `opus`, … */
  line: Text,
  max_input_tokens: z.number().nullish(),
  max_tokens: z.number().nullish(),
  capabilities: ModelCapabilities.nullish(),
});
export type ModelInfo = z.infer<typeof ModelInfo>;

/** One page of the list of models, newest first. */
export const ModelPage = z.looseObject({
  data: z.array(ModelInfo),
  has_more: z.boolean().nullish(),
  first_id: Text,
  last_id: Text,
});
export type ModelPage = z.infer<typeof ModelPage>;

/** The body of a failed request. */
export const ErrorBody = z.looseObject({
  error: z.looseObject({
    type: Text,
    message: Text,
    details: z.looseObject({ error_code: Text }).nullish(),
  }),
  request_id: Text,
});
export type ErrorBody = z.infer<typeof ErrorBody>;
