/** Does what a button is for, and says to a screen reader what came of it; what failed is said to all. */
import { announce } from './announce.tsx';
import { Refused } from './host.ts';
import { createWatchers } from './watched.ts';
import { t } from './words.ts';

/** For the person. */
export type Failure = Pick<Refused, 'message' | 'kind'>;

/** What the person reads of an error. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refused) return error;
  return { message: t('Something went wrong. The log tells more.'), kind: '' };
}

const watchers = createWatchers();
let last: Failure | undefined;

/** The last deed that failed, until another one is done. */
export const failures = {
  watch: watchers.watch,
  last: (): Failure | undefined => last,
  forget(): void {
    last = undefined;
    watchers.tell();
  },
};

/** @param deed gives what is to be said when it is done, if anything. */
export async function attempt(deed: () => Promise<string | undefined>): Promise<void> {
  try {
    const said = await deed();
    if (last !== undefined) failures.forget();
    if (said !== undefined) announce(said);
  } catch (error) {
    last = failureOf(error);
    watchers.tell();
    announce(last.message);
  }
}
