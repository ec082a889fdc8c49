/** What a client has learned of models: the service's own word counts before the static table. */
import type { ModelInfo } from '../schema/endpoints.ts';
import type { KnownRules } from './problem.ts';
import { rulesOf } from './rulesOf.ts';
import { modelRules, models } from './table.ts';

export interface ModelMemory {
  /** @param asked The name that the model was asked for by, which may be an alias. */
  remember(info: ModelInfo, asked?: string): void;
  /** What the service has said, if it was asked. */
  remembered(model: string): KnownRules | undefined;
  /** What the service has said, else what the table says. */
  rulesFor(model: string): KnownRules | undefined;
  /** All names that are known. */
  names(): readonly string[];
}

/** Names that are kept; the oldest goes first. */
const mostNames = 1_000;

export function createModelMemory(): ModelMemory {
  const known = new Map<string, KnownRules>();
  const keep = (name: string, rules: KnownRules): void => {
    known.delete(name);
    known.set(name, rules);
    const [oldest] = known.keys();
    if (known.size > mostNames && oldest !== undefined) known.delete(oldest);
  };
  return {
    remember(info, asked = info.id) {
      const rules = rulesOf(info);
      for (const name of new Set([info.id, asked])) keep(name, rules);
    },
    remembered: (model) => known.get(model),
    rulesFor: (model) => known.get(model) ?? modelRules(model),
    names: () => [...new Set([...models.keys(), ...known.keys()])],
  };
}
