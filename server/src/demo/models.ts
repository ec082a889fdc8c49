/** The models that the demo backend says it has (API reference, "Models"): names only, nothing runs. */
import { pageById } from './paging.ts';
import { json, notFound, type Route } from './response.ts';

interface Named {
  readonly id: string;
  readonly line: string;
  readonly created: string;
  readonly lifecycle?: 'deprecated' | 'retired';
  readonly ends?: string;
  /** Thinking that is accepted. */
  readonly thinking: readonly ('adaptive' | 'between_tools' | 'disabled' | 'enabled')[];
  readonly effort?: readonly string[];
}

const names: readonly Named[] = [
  { id: 'claude-sonnet-5-5', line: 'sonnet', created: '2026-10-03', thinking: ['adaptive', 'between_tools'] },
  { id: 'claude-opus-5-5', line: 'opus', created: '2026-10-02', thinking: ['adaptive'] },
  { id: 'claude-haiku-5-5', line: 'haiku', created: '2026-10-01', thinking: ['adaptive', 'disabled'] },
  {
    id: 'claude-sonnet-4-5',
    line: 'sonnet',
    created: '2025-09-29',
    lifecycle: 'deprecated',
    ends: '2026-11-30',
    thinking: ['enabled', 'disabled'],
    effort: [],
  },
  {
    id: 'claude-3-opus-20240229',
    line: 'opus',
    created: '2024-02-29',
    lifecycle: 'retired',
    ends: '2026-01-05',
    thinking: ['disabled'],
    effort: [],
  },
];

const supported = (is: boolean) => ({ supported: is });
const yes = supported(true);
const no = supported(false);

const demoModels = names.map(({ id, line, created, lifecycle, ends, thinking, effort }) => ({
  id,
  type: 'model',
  display_name: `${id} (demo, no model running)`,
  created_at: `${created}T00:00:00Z`,
  lifecycle: lifecycle ?? 'active',
  deprecated_at: lifecycle === undefined ? null : '2026-01-01T00:00:00Z',
  retires_at: ends === undefined ? null : `${ends}T00:00:00Z`,
  line,
  max_input_tokens: lifecycle === undefined ? 1_000_000 : 200_000,
  max_tokens: lifecycle === undefined ? 128_000 : 64_000,
  capabilities: {
    batch: yes,
    citations: yes,
    code_execution: no,
    image_input: yes,
    pdf_input: yes,
    structured_outputs: supported(lifecycle !== 'retired'),
    context_management: { clear_thinking_20251015: no, clear_tool_uses_20250919: no, compact_20260112: no },
    server_tools: { web_search: no, code_execution: no },
    effort: leaves(['low', 'medium', 'high', 'xhigh', 'max'], effort),
    thinking: { types: leaves(['adaptive', 'between_tools', 'disabled', 'enabled'], thinking) },
  },
}));

/** Each name with whether it is among the accepted ones; without those, all are. */
function leaves(all: readonly string[], accepted: readonly string[] = all) {
  return Object.fromEntries(all.map((name) => [name, supported(accepted.includes(name))]));
}

export const modelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/v1\/models$/,
    answer({ query }) {
      const wanted = query.getAll('lifecycle[]');
      const shown = wanted.length === 0 ? ['active', 'deprecated'] : wanted;
      return pageById(
        demoModels.filter(({ lifecycle }) => shown.includes(lifecycle)),
        query,
      );
    },
  },
  {
    method: 'GET',
    path: /^\/v1\/models\/([^/]*)$/,
    answer({ parts: [id = ''] }) {
      const model = demoModels.find((each) => each.id === id);
      return model === undefined ? notFound(`model: ${id}`) : json(model);
    },
  },
];

/** Whether a model can be made to use a tool (API reference, "What each model accepts"). */
export function canBeForced(model: string): boolean {
  return !/^claude-(sonnet-5-5|opus-5-5|fable-5-1)/.test(model);
}
