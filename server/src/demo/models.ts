/** The models that the demo backend says it has (API reference, "Models"): names only, nothing runs. */

const names: readonly (readonly [id: string, line: string])[] = [
  ['claude-sonnet-5-5', 'sonnet'],
  ['claude-opus-5-5', 'opus'],
  ['claude-haiku-5-5', 'haiku'],
];

const yes = { supported: true };
const no = { supported: false };

export const demoModels: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[] = names.map(
  ([id, line]) => ({
    id,
    type: 'model',
    display_name: `${id} (demo, no model running)`,
    created_at: '2026-10-01T00:00:00Z',
    lifecycle: 'active',
    deprecated_at: null,
    retires_at: null,
    line,
    max_input_tokens: 1_000_000,
    max_tokens: 128_000,
    capabilities: {
      batch: no,
      citations: yes,
      code_execution: no,
      image_input: yes,
      pdf_input: yes,
      structured_outputs: yes,
      context_management: { clear_thinking_20251015: no, clear_tool_uses_20250919: no, compact_20260112: no },
      server_tools: { web_search: no, code_execution: no },
      effort: { low: yes, medium: yes, high: yes, xhigh: yes, max: yes },
      thinking: {
        types: {
          adaptive: yes,
          between_tools: line === 'sonnet' ? yes : no,
          disabled: line === 'haiku' ? yes : no,
          enabled: no,
        },
      },
    },
  }),
);
