/** What the Messages API refuses of a request apart from its turns (API reference, "Request fields"): headers, fields, tools, thinking, caching. */
import type { IncomingHttpHeaders } from 'node:http';
import { blocksOf, turnsOf } from './script.ts';

type Body = Record<string, unknown>;

/** Fields that anyone may send, and those that need one of these betas. */
const free = words(
  'model max_tokens messages system stream stop_sequences thinking output_config tools tool_choice cache_control metadata service_tier speed inference_geo container diagnostics',
);
const behindBeta: Readonly<Record<string, RegExp>> = {
  context_management: /^(context-management-2025-06-27|compact-2026-01-12)$/,
  compaction: /^compact-2026-09-04$/,
  thread: /^message-threads-2026-08-12$/,
  fallbacks: /^server-side-fallback-2026-0[67]-01$/,
  fallback_credit_token: /^fallback-credit-2026-0[67]-01$/,
  mcp_servers: /^mcp-client-2025-11-20$|^mcp-client-2026-09-15$/,
};
const betas = words(
  'context-management-2025-06-27 compact-2026-01-12 compact-2026-09-04 message-threads-2026-08-12 fast-mode-2026-02-01 mid-conversation-tool-changes-2026-07-01 inline-tools-2026-09-15 mid-conversation-output-config-2026-07-01 mid-conversation-system-clear-at-2026-08-21 thinking-binding-controls-2026-08-01 thinking-display-updates-2026-08-18 thinking-token-count-2026-05-13 interleaved-thinking-2025-05-14 task-budgets-2026-03-13 server-side-fallback-2026-06-01 server-side-fallback-2026-07-01 fallback-credit-2026-06-01 fallback-credit-2026-07-01 mcp-client-2025-11-20 mcp-client-2026-09-15 advisor-tool-2026-03-01 output-300k-2026-03-24 context-1m-2025-08-07',
);
const toolFields = words(
  'name description input_schema type strict input_examples defer_loading allowed_callers eager_input_streaming cache_control',
);
const efforts = words('low medium high xhigh max');

/** Problems, a line each; none when it would be accepted. */
export function requestProblems(body: Body, headers: IncomingHttpHeaders, isCount: boolean): readonly string[] {
  return [
    ...headerProblems(headers),
    ...fieldProblems(body, String(headers['anthropic-beta'] ?? ''), isCount),
    ...toolProblems(body),
    ...thinkingProblems(body),
    ...cacheProblems(body),
  ];
}

function headerProblems(headers: IncomingHttpHeaders): readonly string[] {
  const version = headers['anthropic-version'];
  const unknown = String(headers['anthropic-beta'] ?? '')
    .split(',')
    .filter((beta) => beta !== '' && !betas.has(beta));
  return [
    ...(version === '2026-10-21'
      ? []
      : [`anthropic-version: ${String(version)} is not the version that is spoken here`]),
    ...(/^application\/json\b/.test(headers['content-type'] ?? '') ? [] : ['content-type: application/json is needed']),
    ...unknown.map((beta) => `anthropic-beta: unexpected value "${beta}"`),
  ];
}

function fieldProblems(body: Body, beta: string, isCount: boolean): readonly string[] {
  const has = (needed: RegExp) => beta.split(',').some((one) => needed.test(one));
  const strange = Object.keys(body).filter((field) => {
    const needed = Object.hasOwn(behindBeta, field) ? behindBeta[field] : undefined;
    return needed === undefined ? !free.has(field) : !has(needed);
  });
  const { model, max_tokens: most, stream } = body;
  return [
    ...strange.map((field) => `${field}: Extra inputs are not permitted`),
    ...(typeof model === 'string' && /^claude-(fable|opus|sonnet|haiku)-[45]/.test(model)
      ? []
      : [`model: ${String(model)}`]),
    ...(isCount || (Number.isInteger(most) && Number(most) > 0 && Number(most) <= 128_000)
      ? []
      : [`max_tokens: ${String(most)}`]),
    ...(stream === undefined || typeof stream === 'boolean' ? [] : ['stream: Input should be a valid boolean']),
  ];
}

function toolProblems({ tools = [], tool_choice: choice, model }: Body): readonly string[] {
  if (!Array.isArray(tools)) return ['tools: Input should be a valid list'];
  const own = (tools as Body[]).filter(({ type }) => type === undefined || type === null || type === 'custom');
  const names = tools.map(({ name }: Body) => String(name));
  const wanted = typeof choice === 'object' && choice !== null && 'type' in choice ? choice : undefined;
  return [
    ...own.flatMap((tool, at) => ownToolProblems(tool).map((problem) => `tools.${at}.${problem}`)),
    ...names
      .filter((name, at) => names.indexOf(name) !== at)
      .map((name) => `tools: Tool names must be unique: ${name}`),
    ...(wanted !== undefined && wanted.type !== 'none' && tools.length === 0
      ? ['tool_choice: may only be specified while providing tools']
      : []),
    ...((wanted?.type === 'any' || wanted?.type === 'tool') && /sonnet-5-5|opus-5-5|fable-5-1/.test(String(model))
      ? [`tool_choice: ${wanted.type} is not supported by ${String(model)}`]
      : []),
  ];
}

function ownToolProblems(tool: Body): readonly string[] {
  const { name, description, input_schema: schema } = tool;
  const isObject = typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'object';
  return [
    ...Object.keys(tool).flatMap((field) =>
      toolFields.has(field) ? [] : [`${field}: Extra inputs are not permitted`],
    ),
    ...(/^[a-zA-Z0-9_-]{1,64}$/.test(String(name)) ? [] : [`name: ${String(name)}`]),
    ...(typeof description === 'string' && description.length > 0 ? [] : ['description: missing']),
    ...(isObject ? [] : ['input_schema.type: Input should be "object"']),
  ];
}

function thinkingProblems({ model, thinking, output_config: config }: Body): readonly string[] {
  const named = String(model);
  const given: Body = typeof thinking === 'object' && thinking !== null ? { ...thinking } : {};
  const effort =
    typeof config === 'object' && config !== null && 'effort' in config ? String(config.effort) : undefined;
  return [
    ...(effort === undefined || efforts.has(effort) ? [] : [`output_config.effort: ${effort}`]),
    ...thinkingTypeProblems(named, given).map((problem) => `thinking.${problem}`),
  ];
}

function thinkingTypeProblems(model: string, { type, ...fields }: Body): readonly string[] {
  const others = (known: string) => Object.keys(fields).filter((field) => !words(known).has(field));
  const extra = (known: string) => others(known).map((field) => `${field}: Extra inputs are not permitted`);
  switch (type) {
    case undefined:
      return [];
    case 'adaptive':
      return [
        ...extra('display block_binding'),
        ...(/-4-5/.test(model) ? [`type: adaptive is not supported by ${model}`] : []),
      ];
    case 'enabled':
      return /-4-[56]/.test(model) ? extra('budget_tokens display') : [`type: enabled is not supported by ${model}`];
    case 'disabled':
      return [
        ...extra(''),
        ...(/fable|opus-5-5|sonnet-5-5/.test(model) ? [`type: disabled is not supported by ${model}`] : []),
      ];
    case 'between_tools':
      return [
        ...extra(''),
        ...(model === 'claude-sonnet-5-5' ? [] : [`type: between_tools is not supported by ${model}`]),
      ];
    default:
      return [`type: ${String(type)}`];
  }
}

/** At most four breakpoints, the automatic one included; those that live an hour come first. */
function cacheProblems(body: Body): readonly string[] {
  const tools = Array.isArray(body['tools']) ? (body['tools'] as Body[]) : [];
  const blocks: readonly Body[] = [
    ...tools,
    ...blocksOf(body['system']),
    ...turnsOf(body).flatMap(({ content }) => content),
  ];
  const marked = blocks.filter(({ cache_control: control }) => control !== undefined && control !== null);
  const automatic = body['cache_control'] ?? undefined;
  const controls = [
    ...marked.map(({ cache_control: control }) => control),
    ...(automatic === undefined ? [] : [automatic]),
  ];
  const lives = controls.map((control) => (control as Body)['ttl'] ?? '5m');
  return [
    ...controls.filter(isBadControl).map((control) => `cache_control: ${JSON.stringify(control)}`),
    ...(controls.length > 4 ? [`cache_control: a maximum of 4 blocks may be given, found ${controls.length}`] : []),
    ...(lives.lastIndexOf('1h') > lives.indexOf('5m') && lives.includes('5m')
      ? ['cache_control: 1h must not come after 5m']
      : []),
    ...marked
      .filter(
        ({ type, text }) => type === 'thinking' || type === 'redacted_thinking' || (type === 'text' && text === ''),
      )
      .map(({ type }) => `cache_control: cannot be set on ${String(type)} here`),
  ];
}

function isBadControl(control: unknown): boolean {
  if (typeof control !== 'object' || control === null) return true;
  const { type, ttl, ...rest } = control as Body;
  return type !== 'ephemeral' || (ttl !== undefined && ttl !== '5m' && ttl !== '1h') || Object.keys(rest).length > 0;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' ').filter((word) => word !== ''));
}
