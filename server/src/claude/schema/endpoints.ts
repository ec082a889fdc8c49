/** Answers of the smaller endpoints: token counts, models, and errors. */
import * as z from 'zod';

/** API reference, "Count tokens". */
export const TokenCount = z.looseObject({ input_tokens: z.number().min(0) });
export type TokenCount = z.infer<typeof TokenCount>;

const Text = z.string().nullish();

/** A model as the service describes it (API reference, "Models"). */
export const ModelInfo = z.looseObject({
  id: z.string(),
  display_name: Text,
  created_at: Text,
  /** `active`, `deprecated` or `retired`. */
  lifecycle: Text,
  deprecated_at: Text,
  retires_at: Text,
  /** `haiku`, `sonnet`, `opus`, … */
  line: Text,
  max_input_tokens: z.number().nullish(),
  max_tokens: z.number().nullish(),
  /** What it accepts; each leaf is `{ supported }`. */
  capabilities: z.looseObject({}).nullish(),
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
