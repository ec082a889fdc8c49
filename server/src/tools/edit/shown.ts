/** Holds a call to what the person was shown: anything else is not done (threats S4, S8). Pure. */
import type { Fact } from '../../ports.ts';
import type { Effective, Impossible } from '../../tool.ts';
import { changeName, changingLines } from './trial.ts';

/** Whether a call would still do what was shown: the same lines go and come, wherever they are by now. */
export function isAsShown(shown: readonly Fact[], now: Effective | Impossible): boolean {
  const plain = (facts: readonly Fact[]) => JSON.stringify(facts.map(withoutPlace));
  return !('impossible' in now) && plain(now.facts) === plain(shown);
}

/** Other edits of the same answer may have moved the place, and be what stands around it. */
function withoutPlace({ name, value }: Fact): Fact {
  return { name, value: name === changeName ? changingLines(value.split('\n')).join('\n') : value };
}
