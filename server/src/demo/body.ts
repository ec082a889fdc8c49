/** What the Messages API asks of a request's body, as far as the demo needs it. */
import * as z from 'zod';

const Block = z.looseObject({ type: z.string() });
const Turn = z.looseObject({
  role: z.enum(['user', 'assistant', 'system']),
  content: z.union([z.string(), z.array(Block)]),
});

/** Tools of the service's own have a type, and some no name. */
const Tool = z.looseObject({
  name: z.string().optional(),
  type: z.string().nullish(),
  input_schema: z.unknown().optional(),
});
export type Tool = z.infer<typeof Tool>;

const MessagesBody = z.looseObject({
  model: z.string().min(1),
  max_tokens: z.int().min(0).optional(),
  messages: z.array(Turn).min(1).max(100_000),
  system: z.union([z.string(), z.array(Block)]).optional(),
  tools: z.array(Tool).optional(),
  tool_choice: z
    .looseObject({
      type: z.enum(['auto', 'any', 'tool', 'none']),
      name: z.string().optional(),
      disable_parallel_tool_use: z.boolean().optional(),
    })
    .optional(),
  output_config: z
    .looseObject({ format: z.looseObject({ type: z.string(), schema: z.unknown() }).nullish() })
    .optional(),
  compaction: z.looseObject({ type: z.string() }).nullish(),
  thinking: z.looseObject({ type: z.string(), display: z.string().nullish() }).optional(),
  stream: z.boolean().optional(),
});
export type MessagesBody = z.infer<typeof MessagesBody>;

/** The body, or what is wrong with it in the words of the service. */
export function checkedBody(body: unknown, isCount: boolean): MessagesBody | string {
  if (typeof body !== 'object' || body === null) return 'The request body is not valid JSON';
  const parsed = MessagesBody.safeParse(body);
  if (!parsed.success) return problemOf(parsed.error);
  if (!isCount && parsed.data.max_tokens === undefined) return 'max_tokens: Field required';
  return parsed.data;
}

function problemOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  const isMissing = issue?.code === 'invalid_type' && issue.message.endsWith('undefined');
  return `${issue?.path.join('.') ?? 'body'}: ${isMissing ? 'Field required' : (issue?.message ?? 'invalid')}`;
}
