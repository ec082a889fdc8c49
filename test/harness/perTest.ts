/** What a test opens is closed when it ends, however it ends: the newest first. */
import { afterEach } from 'vitest';

/** Call it once in a test file; what is put in is closed after each test. */
export function closedAfterEach(): AsyncDisposable[] {
  const open: AsyncDisposable[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
  });
  return open;
}
