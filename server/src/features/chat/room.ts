/** How much may go along with one question: a part of what the model can hold at once. Pure. */
import { modelRules } from '../../claude/index.ts';

/** Estimated tokens. */
const most = 120_000;
const ofUnknown = 50_000;

export function roomFor(model: string): number {
  const window = modelRules(model)?.contextWindow;
  return window === undefined ? ofUnknown : Math.min(most, Math.floor(window / 4));
}
