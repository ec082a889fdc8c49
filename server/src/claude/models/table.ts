/** What each model accepts, and until when: the static table, as of 2026-11-22 (API reference, "Models overview"). */
import type { Effort, ThinkingType } from '../schema/request.ts';

export interface ModelRules {
  /** The name to send. */
  readonly id: string;
  /** A shorter name for the same model. */
  readonly alias?: string;
  /** Tokens in and out together. */
  readonly contextWindow: number;
  readonly maxOutputTokens: number;
  /** Values of `thinking.type` that it takes. */
  readonly thinking: readonly ThinkingType[];
  /** Whether it thinks when `thinking` is absent. */
  readonly thinksByDefault: boolean;
  /** Values of `output_config.effort` that it takes; empty where the parameter is not known. */
  readonly effort: readonly Effort[];
  readonly defaultEffort?: Effort;
  /** The highest effort while thinking is `disabled` or `between_tools`. */
  readonly effortWithoutThinking?: Effort;
  /** Whether the last message may be the beginning of the answer. */
  readonly prefill: 'never' | 'withoutThinking';
  /** Whether `tool_choice` may be `any` or `tool`. */
  readonly forcedTools: boolean;
  /** Whether `messages` may hold `role: "system"`; undefined where it is not known. */
  readonly systemMessages?: boolean;
  readonly speedFast: 'accepted' | 'ignored' | 'refused';
  readonly inferenceGeo: boolean;
  /** Shortest prompt part that is cached, in tokens. */
  readonly minimumCacheable: number;
  readonly lifecycle: 'active' | 'deprecated' | 'retired';
  /** First day, as `YYYY-MM-DD`, on which calls may fail. Of active models: not before that day. */
  readonly retires?: string;
  /** What to use instead. */
  readonly replacement?: string;
}

const fiveLevels: readonly Effort[] = ['low', 'medium', 'high', 'xhigh', 'max'];
const million = { contextWindow: 1_000_000, maxOutputTokens: 128_000 };

const modern = {
  ...million,
  thinking: ['adaptive'],
  thinksByDefault: true,
  effort: fiveLevels,
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
  ...four,
  contextWindow: 200_000,
  maxOutputTokens: 64_000,
  thinking: ['enabled', 'disabled'],
  prefill: 'withoutThinking',
  inferenceGeo: false,
} as const satisfies Partial<ModelRules>;

const fable = { ...modern, systemMessages: true } as const;

const table: readonly ModelRules[] = [
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
  { ...four, id: 'claude-opus-4-6', ...manual(), speedFast: 'ignored', minimumCacheable: 4096, retires: '2027-02-05' },
  { ...four, id: 'claude-sonnet-4-6', ...manual(), minimumCacheable: 1024, retires: '2027-02-17' },
  {
    ...older,
    id: 'claude-opus-4-5-20251101',
    alias: 'claude-opus-4-5',
    effort: ['low', 'medium', 'high'],
    minimumCacheable: 4096,
    retires: '2026-11-24',
    replacement: 'claude-opus-5-5',
  },
  {
    ...withoutEffort(older),
    id: 'claude-sonnet-4-5-20250929',
    alias: 'claude-sonnet-4-5',
    minimumCacheable: 1024,
    lifecycle: 'deprecated',
    retires: '2026-11-30',
    replacement: 'claude-sonnet-5-5',
  },
  {
    ...withoutEffort(older),
    id: 'claude-haiku-4-5-20251001',
    alias: 'claude-haiku-4-5',
    minimumCacheable: 4096,
    retires: '2026-10-15',
    replacement: 'claude-haiku-5-5',
  },
  {
    ...modern,
    id: 'claude-mythos-preview',
    forcedTools: false,
    minimumCacheable: 2048,
    lifecycle: 'deprecated',
    retires: '2026-06-30',
    replacement: 'claude-fable-5-1',
  },
];

/** Models whose calls fail, with the day and what to use instead. */
const retired: readonly (readonly [id: RegExp, day: string, replacement: string])[] = [
  [/^claude-opus-4-1(-|$)/, '2026-08-05', 'claude-opus-5-5'],
  [/^claude-opus-4-(0|20250514)/, '2026-06-15', 'claude-opus-5-5'],
  [/^claude-sonnet-4-(0|20250514)/, '2026-06-15', 'claude-sonnet-5-5'],
  [/^claude-3-haiku/, '2026-04-20', 'claude-haiku-5-5'],
  [/^claude-3-7-sonnet/, '2026-02-19', 'claude-sonnet-5-5'],
  [/^claude-3-5-haiku/, '2026-02-19', 'claude-haiku-5-5'],
  [/^claude-3-opus/, '2026-01-05', 'claude-opus-5-5'],
  [/^claude-3-5-sonnet/, '2025-10-28', 'claude-sonnet-5-5'],
];

/** The models of the table. */
export const models: ReadonlyMap<string, ModelRules> = new Map(
  table.flatMap((rules) => [
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
  readonly model: string;
  readonly lifecycle: 'deprecated' | 'retired';
  readonly day: string | undefined;
  readonly replacement: string | undefined;
}

/** Set for models that are deprecated or retired. */
export function endOf(model: string): ModelEnd | undefined {
  const rules = models.get(model);
  if (rules === undefined) {
    const [, day, replacement] = retired.find(([id]) => id.test(model)) ?? [];
    return day === undefined ? undefined : { model, lifecycle: 'retired', day, replacement };
  }
  if (rules.lifecycle === 'active') return undefined;
  return { model, lifecycle: rules.lifecycle, day: rules.retires, replacement: rules.replacement };
}

function manual(): Pick<ModelRules, 'thinking' | 'effort'> {
  return { thinking: ['adaptive', 'enabled', 'disabled'], effort: ['low', 'medium', 'high', 'max'] };
}

function withoutEffort<Rules extends Partial<ModelRules>>(
  rules: Rules,
): Omit<Rules, 'effort' | 'defaultEffort'> & { effort: readonly Effort[] } {
  const { effort: _effort, defaultEffort: _default, ...rest } = rules;
  return { ...rest, effort: [] };
}
