/** What an answer has cost: nothing where the demo gave it, whatever its model would. Pure. */
import type { Usage } from '#shared/usage.ts';
import type { Answer } from '../ports.ts';

export function paidFor({ usage, demo }: Pick<Answer, 'usage' | 'demo'>): Usage {
  return demo ? { ...usage, price: 0 } : usage;
}
