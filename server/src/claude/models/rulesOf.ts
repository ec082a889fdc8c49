/** From what the models endpoint says of a model to its rules; what it does not say comes from the static table. */
import type { ModelCapabilities, ModelInfo } from '../schema/endpoints.ts';
import type { Effort, ThinkingType } from '../schema/request.ts';
import type { KnownRules } from './problem.ts';
import { type Feature, type ModelEnd, modelRules, models } from './table.ts';

/** The service's word on a part; undefined where it has none. */
type Leaf = { readonly supported?: boolean | null | undefined } | null | undefined;

/**
 * What a model accepts. What neither the service nor the table tells is absent: it is not refused.
 * @param info As `models.list` and `models.retrieve` give it.
 */
export function rulesOf(info: ModelInfo): KnownRules {
  const table = modelRules(info.id);
  // For a model that goes on, the table has a day before which it will not end: that says nothing of one that ends.
  const { retires: _notBefore, ...always } = table ?? inferred(info);
  return {
    ...always,
    id: info.id,
    ...limitsOf(info),
    ...capable(info.capabilities ?? {}, table),
    ...endingOf(info),
  };
}

/** When a model ends, by its rules; undefined for one that goes on. @param model As the caller calls it. */
export function endIn(rules: KnownRules, model: string): ModelEnd | undefined {
  const { lifecycle, retires, replacement } = rules;
  return lifecycle === undefined || lifecycle === 'active'
    ? undefined
    : { model, lifecycle, day: retires, replacement };
}

/** The day on which the first model came that refuses high effort without thinking. */
const firstWithLimit = '2026-07-24';

/** What models that the table does not know have in common with those that came before them. */
function inferred({ capabilities, created_at: created }: ModelInfo): Partial<KnownRules> {
  const types = capabilities?.thinking?.types;
  const isLimited = (created ?? '') >= firstWithLimit || types?.between_tools?.supported === true;
  return {
    // Since there is adaptive thinking there is no prefill.
    ...(types?.adaptive?.supported === true && { prefill: 'never' }),
    ...(isLimited && { effortWithoutThinking: 'high' }),
  };
}

function limitsOf({ max_input_tokens: window, max_tokens: most }: ModelInfo): Partial<KnownRules> {
  return {
    ...(typeof window === 'number' && { contextWindow: window }),
    ...(typeof most === 'number' && { maxOutputTokens: most }),
  };
}

function capable(capabilities: ModelCapabilities, table: KnownRules | undefined): Partial<KnownRules> {
  const { effort, thinking, server_tools: server, context_management: context } = capabilities;
  const told: Readonly<Record<Feature, Leaf>> = {
    batch: capabilities.batch,
    citations: capabilities.citations,
    code_execution: capabilities.code_execution,
    image_input: capabilities.image_input,
    pdf_input: capabilities.pdf_input,
    structured_outputs: capabilities.structured_outputs,
    runs_code: server?.code_execution,
    web_search: server?.web_search,
    clear_thinking_20251015: context?.clear_thinking_20251015,
    clear_tool_uses_20250919: context?.clear_tool_uses_20250919,
    compact_20260112: context?.compact_20260112,
  };
  const spoken = Object.entries(told).filter(([, leaf]) => typeof leaf?.supported === 'boolean');
  return {
    ...levelsOf(effort, table),
    ...modesOf(thinking?.types, table),
    features: {
      ...table?.features,
      ...Object.fromEntries(spoken.map(([name, leaf]) => [name, leaf?.supported === true])),
    },
  };
}

function levelsOf(told: ModelCapabilities['effort'], table: KnownRules | undefined): Partial<KnownRules> {
  if (told?.supported === false) return { effort: [] };
  const levels: readonly Effort[] = ['low', 'medium', 'high', 'xhigh', 'max'];
  if (!levels.some((level) => isTold(told?.[level]))) return {};
  return { effort: levels.filter((level) => has(told?.[level], table?.effort?.includes(level))) };
}

function modesOf(
  told: NonNullable<ModelCapabilities['thinking']>['types'],
  table: KnownRules | undefined,
): Partial<KnownRules> {
  const modes: readonly ThinkingType[] = ['adaptive', 'enabled', 'disabled', 'between_tools'];
  if (!modes.some((mode) => isTold(told?.[mode]))) return {};
  return { thinking: modes.filter((mode) => has(told?.[mode], table?.thinking?.includes(mode))) };
}

function isTold(leaf: Leaf): boolean {
  return typeof leaf?.supported === 'boolean';
}

/** What is not known counts as accepted: the service will say. */
function has(leaf: Leaf, inTable: boolean | undefined): boolean {
  return leaf?.supported ?? inTable ?? true;
}

function endingOf(info: ModelInfo): Partial<KnownRules> {
  const { lifecycle, retires_at: retires, id, line } = info;
  const isOver = lifecycle === 'deprecated' || lifecycle === 'retired';
  const replacement = modelRules(id)?.replacement ?? newestOf(line, id);
  return {
    ...((isOver || lifecycle === 'active') && { lifecycle }),
    ...(typeof retires === 'string' && { retires: retires.slice(0, 'YYYY-MM-DD'.length) }),
    ...(isOver && replacement !== undefined && { replacement }),
  };
}

/** The first of the table is the newest. */
function newestOf(line: string | null | undefined, id: string): string | undefined {
  const isNewer = (other: KnownRules) => other.lifecycle === 'active' && other.id !== id;
  return [...models.values()].find((other) => other.id.startsWith(`claude-${line}-`) && isNewer(other))?.id;
}
