/** A change that simplifies, and in which way. */
import type { Change } from './changes.ts';

export interface Rewrite extends Change {
  readonly kind: 'guard' | 'else' | 'boolean' | 'comparison';
}
