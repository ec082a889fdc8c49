/** What each model accepts, and until when: the static table, as of 2026-11-22 (API reference, "Models overview"). */
import type { Effort, ThinkingType } from '../schema/requestThinking.ts';

/** What the models endpoint tells of; each under its name there, where that is unmistakable. */
export type Feature =
  | 'batch'
  | 'citations'
  /** Whether code that the model runs can call tools. */
  | 'code_execution'
  /** Whether it has the code execution tool. */
  | 'runs_code'
  | 'image_input'
  | 'pdf_input'
  | 'structured_outputs'
  | 'web_search'
  | 'clear_thinking_20251015'
  | 'clear_tool_uses_20250919'
  | 'compact_20260112';

/** What a model takes and refuses (API reference, "Models"). */
export interface ModelRules {
  /** The name to send. */
  readonly id: string;
  /** A shorter name for the same model. */
  readonly alias?: string;
  /** Tokens in and out together. */
  readonly contextWindow: number;
  /** Highest `max_tokens`. */
  readonly maxOutputTokens: number;
  /** Values of `thinking.type` that it takes. */
  readonly thinking: readonly ThinkingType[];
  /** Whether it thinks when `thinking` is absent. */
  readonly thinksByDefault: boolean;
  /** Values of `output_config.effort` that it takes; empty where the parameter is not known. */
  readonly effort: readonly Effort[];
  /** The effort where a request names none. */
  readonly defaultEffort?: Effort;
  /** The highest effort while thinking is `disabled` or `between_tools`. */
  readonly effortWithoutThinking?: Effort;
  /** Whether the last message may be the beginning of the answer. */
  readonly prefill: 'never' | 'withoutThinking';
  /** Whether `tool_choice` may be `any` or `tool`. */
  readonly forcedTools: boolean;
  /** Whether `messages` may hold `role: "system"`; undefined where it is not known. */
  readonly systemMessages?: boolean;
  /** What becomes of `speed: fast`. */
  readonly speedFast: 'accepted' | 'ignored' | 'refused';
  /** Whether `inference_geo` is accepted. */
  readonly inferenceGeo: boolean;
  /** Features that it is known to have, or not to have. */
  readonly features?: Readonly<Partial<Record<Feature, boolean>>>;
  /** Shortest prompt part that is cached, in tokens. */
  readonly minimumCacheable: number;
  /** Whether the model ends soon, or has ended. */
  readonly lifecycle: 'active' | 'deprecated' | 'retired';
  /** First day, as `YYYY-MM-DD`, on which calls may fail. Of active models: not before that day. */
  readonly retires?: string;
  /** What to use instead. */
  readonly replacement?: string;
}

// Everything below is constant to the compiler as well: what a model refuses does not compile (`accepted.ts`).

const modern = {
  contextWindow: 1_000_000,
  maxOutputTokens: 128_000,
  thinking: ['adaptive'],
  thinksByDefault: true,
  effort: ['low', 'medium', 'high', 'xhigh', 'max'],
  defaultEffort: 'high',
  prefill: 'never',
  forcedTools: true,
  speedFast: 'refused',
  inferenceGeo: true,
  minimumCacheable: 512,
  lifecycle: 'active',
} as const satisfies Partial<ModelRules>;

const four = {
  ...modern,
  thinking: ['adaptive', 'disabled'],
  thinksByDefault: false,
  systemMessages: false,
} as const satisfies Partial<ModelRules>;

const older = {
  contextWindow: 200_000,
  maxOutputTokens: 64_000,
  thinking: ['enabled', 'disabled'],
  thinksByDefault: false,
  effort: [],
  prefill: 'withoutThinking',
  forcedTools: true,
  systemMessages: false,
  speedFast: 'refused',
  inferenceGeo: false,
  minimumCacheable: 4096,
  lifecycle: 'active',
  features: { code_execution: false, compact_20260112: false },
} as const satisfies Partial<ModelRules>;

const fable = { ...modern, systemMessages: true } as const;

/** Both ways to think. */
const manual = {
  thinking: ['adaptive', 'enabled', 'disabled'],
  effort: ['low', 'medium', 'high', 'max'],
} as const satisfies Partial<ModelRules>;

const table = [
  { ...fable, id: 'claude-fable-5-1', forcedTools: false },
  { ...fable, id: 'claude-mythos-5-1', forcedTools: false },
  { ...fable, id: 'claude-fable-5', retires: '2027-06-09' },
  { ...fable, id: 'claude-mythos-5', retires: '2027-06-09' },
  {
    ...modern,
    id: 'claude-opus-5-5',
    defaultEffort: 'medium',
    forcedTools: false,
    systemMessages: true,
    speedFast: 'accepted',
  },
  {
    ...modern,
    id: 'claude-sonnet-5-5',
    thinking: ['adaptive', 'between_tools'],
    effortWithoutThinking: 'high',
    forcedTools: false,
  },
  {
    ...modern,
    id: 'claude-haiku-5-5',
    thinking: ['adaptive', 'disabled'],
    defaultEffort: 'medium',
    effortWithoutThinking: 'high',
  },
  {
    ...modern,
    id: 'claude-opus-5',
    thinking: ['adaptive', 'disabled'],
    effortWithoutThinking: 'high',
    systemMessages: true,
    speedFast: 'accepted',
    retires: '2027-07-24',
  },
  {
    ...modern,
    id: 'claude-sonnet-5',
    thinking: ['adaptive', 'disabled'],
    systemMessages: false,
    minimumCacheable: 1024,
    retires: '2027-06-30',
  },
  {
    ...four,
    id: 'claude-opus-4-8',
    systemMessages: true,
    speedFast: 'accepted',
    minimumCacheable: 1024,
    retires: '2027-05-28',
  },
  { ...four, id: 'claude-opus-4-7', minimumCacheable: 2048, retires: '2027-04-16' },
  { ...four, id: 'claude-opus-4-6', ...manual, speedFast: 'ignored', minimumCacheable: 4096, retires: '2027-02-05' },
  { ...four, id: 'claude-sonnet-4-6', ...manual, minimumCacheable: 1024, retires: '2027-02-17' },
  {
    ...older,
    id: 'claude-opus-4-5-20251101',
    alias: 'claude-opus-4-5',
    effort: ['low', 'medium', 'high'],
    defaultEffort: 'high',
    retires: '2026-11-24',
    replacement: 'claude-opus-5-5',
  },
  {
    ...older,
    id: 'claude-sonnet-4-5-20250929',
    alias: 'claude-sonnet-4-5',
    minimumCacheable: 1024,
    lifecycle: 'deprecated',
    retires: '2026-11-30',
    replacement: 'claude-sonnet-5-5',
  },
  {
    ...older,
    id: 'claude-haiku-4-5-20251001',
    alias: 'claude-haiku-4-5',
    retires: '2026-10-15',
    replacement: 'claude-haiku-5-5',
  },
  {
    ...modern,
    id: 'claude-mythos-preview',
    thinking: ['adaptive', 'enabled'],
    forcedTools: false,
    minimumCacheable: 2048,
    lifecycle: 'deprecated',
    retires: '2026-06-30',
    replacement: 'claude-fable-5-1',
  },
] as const satisfies readonly ModelRules[];

/** Models whose calls fail, each with all its dates: the day, and what to use instead. */
const retired = [
  { name: 'claude-opus-4-1', day: '2026-08-05', replacement: 'claude-opus-5-5' },
  { name: 'claude-opus-4-0', day: '2026-06-15', replacement: 'claude-opus-5-5' },
  { name: 'claude-opus-4-20250514', day: '2026-06-15', replacement: 'claude-opus-5-5' },
  { name: 'claude-sonnet-4-0', day: '2026-06-15', replacement: 'claude-sonnet-5-5' },
  { name: 'claude-sonnet-4-20250514', day: '2026-06-15', replacement: 'claude-sonnet-5-5' },
  { name: 'claude-3-haiku', day: '2026-04-20', replacement: 'claude-haiku-5-5' },
  { name: 'claude-3-7-sonnet', day: '2026-02-19', replacement: 'claude-sonnet-5-5' },
  { name: 'claude-3-5-haiku', day: '2026-02-19', replacement: 'claude-haiku-5-5' },
  { name: 'claude-3-opus', day: '2026-01-05', replacement: 'claude-opus-5-5' },
  { name: 'claude-3-5-sonnet', day: '2025-10-28', replacement: 'claude-sonnet-5-5' },
] as const;

/** A line of the table, to the compiler. */
export type TableRules = (typeof table)[number];

/** The lines of the table by name and alias, to the compiler. */
export type RulesByName = { readonly [Rules in TableRules as NamesOf<Rules>]: Rules };

type NamesOf<Rules extends TableRules> = Rules['id'] | Extract<Rules, { readonly alias: string }>['alias'];

/** The names and aliases of the table. */
export type KnownModel = keyof RulesByName;

/** Models that work for now: see `endOf`. */
export type DeprecatedModel = NamesOf<Extract<TableRules, { readonly lifecycle: 'deprecated' }>>;

/** A line about a model whose calls fail, to the compiler. */
export type RetiredLine = (typeof retired)[number];

/** Any model; editors offer those of the table. */
export type ModelName = KnownModel | (string & {});

/** The models of the table. */
export const models: ReadonlyMap<string, ModelRules> = new Map(
  table.flatMap((rules: ModelRules) => [
    [rules.id, rules] as const,
    ...(rules.alias === undefined ? [] : [[rules.alias, rules] as const]),
  ]),
);

/** What a model accepts, by its name or alias; undefined for models that the table does not know: those pass unchecked. */
export function modelRules(model: string): ModelRules | undefined {
  return models.get(model);
}

/** When a model ends, and what to use instead. */
export interface ModelEnd {
  /** The model that is asked about. */
  readonly model: string;
  /** Whether it still answers. */
  readonly lifecycle: 'deprecated' | 'retired';
  /** The day on which it ends or ended, as `YYYY-MM-DD`; undefined when none is set. */
  readonly day: string | undefined;
  /** The model to use instead, if one is known. */
  readonly replacement: string | undefined;
}

/** Set for models that are deprecated or retired. */
export function endOf(model: string): ModelEnd | undefined {
  const rules = models.get(model);
  if (rules === undefined) {
    const line = retired.find(({ name }) => model === name || model.startsWith(`${name}-`));
    return line === undefined
      ? undefined
      : { model, lifecycle: 'retired', day: line.day, replacement: line.replacement };
  }
  if (rules.lifecycle === 'active') return undefined;
  return { model, lifecycle: rules.lifecycle, day: rules.retires, replacement: rules.replacement };
}
