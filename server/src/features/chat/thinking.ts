/** How a model is to think in a chat, and how long it may answer: what the settings ask, as far as the model takes it. Pure. */
import { type Effort, type MessageRequest, modelRules } from '../../claude/index.ts';

type Thinking = Pick<MessageRequest, 'max_tokens' | 'thinking' | 'output_config'>;

/** Room for thinking and for several files in one answer. */
const mostOutput = 64_000;
/** A model that nobody here knows takes at least this. */
const cautiousOutput = 32_000;
/** Of models that think up to a budget. */
const budgets: Readonly<Record<Effort, number>> = {
  low: 4_000,
  medium: 8_000,
  high: 16_000,
  xhigh: 24_000,
  max: 32_000,
};

export function thinkingFor(model: string, effort: Effort): Thinking {
  const rules = modelRules(model);
  if (rules === undefined) return { max_tokens: cautiousOutput };
  const level = nearest(effort, rules.effort);
  return {
    max_tokens: Math.min(mostOutput, rules.maxOutputTokens),
    ...thought(rules.thinking, effort),
    ...(level === undefined ? {} : { output_config: { effort: level } }),
  };
}

function thought(accepted: readonly string[], effort: Effort): Pick<Thinking, 'thinking'> {
  if (accepted.includes('adaptive')) return { thinking: { type: 'adaptive', display: 'summarized' } };
  if (accepted.includes('enabled')) return { thinking: { type: 'enabled', budget_tokens: budgets[effort] } };
  return {};
}

const levels: readonly Effort[] = ['low', 'medium', 'high', 'xhigh', 'max'];

/** The wanted level, else the next lower one that is accepted, else the lowest. */
function nearest(wanted: Effort, accepted: readonly Effort[]): Effort | undefined {
  const upTo = levels.slice(0, levels.indexOf(wanted) + 1);
  return upTo.findLast((level) => accepted.includes(level)) ?? accepted[0];
}
