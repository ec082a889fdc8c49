/** What went wrong while something was done in the composer, for the person. */
import { Refused } from '../host.ts';
import { t } from '../words.ts';

export interface Problem {
  readonly message: string;
  /** Of the failure (see `Refused`); `notice`: something was left out. */
  readonly kind: string;
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return { message: error.message, kind: error.kind };
  return { message: t('Something went wrong. Try again; if it stays so, look into the log.'), kind: 'unknown' };
}
