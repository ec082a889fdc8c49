/** Calls that send files: what they read is opened before, and closed whatever happens. */

import type { Call } from '../call.ts';
import { type Answer, type Answered, answerOf, type Judge, json } from '../caller.ts';

/** What a call needs while it runs. */
interface Closable {
  close(): Promise<void>;
}

/** The checked answer to a request whose parts have to be made ready first. Begins now. */
export function uploaded<Parts extends Closable, Value>(
  prepare: () => Promise<Parts>,
  begin: (parts: Parts) => Call,
  check: Judge<Value>,
): Answer<Value> {
  const whole = async (): Promise<Answered<Value>> => {
    const parts = await prepare();
    try {
      return await json(() => begin(parts), check).withResponse();
    } finally {
      await parts.close();
    }
  };
  return answerOf(whole());
}
