/** Waits for an editor's answer, but not for ever. */

/** What comes instead of an answer that did not come in time. */
export const tooLate: unique symbol = Symbol('too late');

/** The answer, or `tooLate` after so many milliseconds. */
export async function withPatience<T>(asked: Promise<T>, milliseconds: number): Promise<T | typeof tooLate> {
  const { promise: late, resolve } = Promise.withResolvers<typeof tooLate>();
  const timer = setTimeout(() => resolve(tooLate), milliseconds);
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
