/** What vitest runs: the pure tests beside the code, and the tests under test/ that need no editor. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: [
      '{shared,server,client,panel}/src/**/*.test.{ts,tsx}',
      'test/*.test.ts',
      'test/{scenarios,package}/**/*.test.ts',
    ],
    // Many of them wait for a server or a process.
    maxWorkers: 2,
    testTimeout: 20_000,
    // A machine that has much to do is no fault.
    expect: { poll: { timeout: 15_000 } },
  },
});
