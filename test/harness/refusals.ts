/** What is refused of requests: by the schema, and by the check before each call, which must say the same. */
import { expect } from 'vitest';
import { ClaudeError, type ModelInfo } from '../../server/src/claude/index.ts';
import type { Context, KnownRules } from '../../server/src/claude/models/problem.ts';
import { rulesOf } from '../../server/src/claude/models/rulesOf.ts';
import { problemsOf, validate } from '../../server/src/claude/models/validate.ts';
import { schemaOf } from '../../server/src/claude/schema/requestSchema.ts';

const yes = { supported: true };

/** A model that only the service knows, and that has everything. */
export const madeUp: ModelInfo = {
  id: 'made-up-9',
  lifecycle: 'active',
  max_input_tokens: 1_000_000,
  max_tokens: 64_000,
  capabilities: {
    batch: yes,
    citations: yes,
    code_execution: yes,
    image_input: yes,
    pdf_input: yes,
    structured_outputs: yes,
    context_management: {
      supported: true,
      clear_thinking_20251015: yes,
      clear_tool_uses_20250919: yes,
      compact_20260112: yes,
    },
    effort: { supported: true, low: yes, medium: yes, high: yes, xhigh: yes, max: yes },
    thinking: { supported: true, types: { adaptive: yes, enabled: yes, disabled: yes, between_tools: yes } },
    server_tools: { supported: true, web_search: yes, code_execution: yes },
  },
};

/** The rules of the made-up model, with other capabilities. */
export function madeUpWith(capabilities: object): KnownRules {
  return rulesOf({ ...madeUp, capabilities: { ...madeUp.capabilities, ...capabilities } });
}

export const hello = [{ role: 'user', content: 'hi' }] as const;
export const text = (more = {}) => ({ type: 'text', text: 'x', ...more });
export const user = (...content: readonly unknown[]) => ({ role: 'user', content });
export const assistant = (...content: readonly unknown[]) => ({ role: 'assistant', content });
export const tool = { name: 'run', input_schema: { type: 'object' } };
export const call = (id = 'a', more = {}) => ({ type: 'tool_use', id, name: 'run', input: {}, ...more });
export const result = (id = 'a', more = {}) => ({ type: 'tool_result', tool_use_id: id, ...more });
export const cached = (ttl?: string) => ({
  cache_control: { type: 'ephemeral', ...(ttl !== undefined && { ttl }) },
});

/** The fields that are refused. Each problem says what is wrong and what to do. */
export function refusals(fields: object, context: Partial<Context> = { rules: madeUpWith({}) }): readonly string[] {
  return refusalsOf({ model: 'made-up-9', max_tokens: 2_000, messages: hello, ...fields }, context);
}

export function refusalsOf(request: unknown, context: Partial<Context>): readonly string[] {
  const parsed = schemaOf((value) => problemsOf(value, context)).safeParse(request);
  const issues = parsed.error?.issues ?? [];
  for (const { message } of issues) expect(message).toMatch(/^\S.+[^.]\. [A-Z].*\.$|^\S.+: .+\.$/s);
  const fields = issues.map(({ path }) => path.join('.'));
  expect(firstRefused(request, context)).toBe(fields[0]);
  if (parsed.success) expect(parsed.data).toBe(request);
  return fields;
}

function firstRefused(request: unknown, context: Partial<Context>): string | undefined {
  try {
    validate(request, context);
    return undefined;
  } catch (error) {
    if (!(error instanceof ClaudeError)) throw error;
    expect(error).toMatchObject({ kind: 'invalid_request', stage: 'settings', retryable: false });
    expect(error.message).toMatch(/^Nothing was sent: .*\. /s);
    return error.field;
  }
}
