/** What each request goes through before it is sent: it is checked, warned about, and given its beta names. */
import { betasFor } from '../betas.ts';
import type { Warn } from '../log.ts';
import type { RequestOptions } from '../options.ts';
import type { ModelMemory } from './memory.ts';
import type { KnownRules, Use } from './problem.ts';
import { endIn } from './rulesOf.ts';
import { endOf } from './table.ts';
import { validate } from './validate.ts';
import { type Fields, typeOf } from './values.ts';

/**
 * Lets a request through.
 * @returns Names for `anthropic-beta` that it needs besides those of the options.
 * @throws ClaudeError of kind `invalid_request` that names the field and the fix.
 */
export type Admit = (
  request: object,
  use: Use,
  options: Pick<RequestOptions, 'betas' | 'extra'> | undefined,
) => readonly string[];

/** What a client's requests have in common. */
export interface AdmitParts {
  readonly memory: ModelMemory;
  readonly warn: Warn;
  /** Names for `anthropic-beta` that each request has. */
  readonly betas: readonly string[];
}

export function createAdmit({ memory, warn, betas: always }: AdmitParts): Admit {
  return (request, use, { betas: given = [], extra } = {}) => {
    const betas = [...always, ...given];
    validate(request, { use, betas, rulesFor: memory.rulesFor });
    const body: Fields = { ...request, ...extra };
    const model = String(body['model']);
    warnOfEnds(model, memory, warn);
    if (typeOf(body['thinking']) === 'enabled' && isManualDeprecated(memory.rulesFor(model)))
      warn({ kind: 'deprecated_thinking', model });
    return betasFor(body, use, betas);
  };
}

/** The model may end tomorrow, or have ended since this was written: the service decides, and is asked. */
function warnOfEnds(model: string, memory: ModelMemory, warn: Warn): void {
  const told = memory.remembered(model);
  const end = told === undefined ? endOf(model) : endIn(told, model);
  if (end !== undefined) warn({ kind: end.lifecycle === 'retired' ? 'retired_model' : 'deprecated_model', end });
}

/** Models that can think adaptively keep manual thinking only for those who have it already. */
function isManualDeprecated(rules: KnownRules | undefined): boolean {
  return rules?.thinking?.includes('adaptive') === true && rules.thinking.includes('enabled');
}
