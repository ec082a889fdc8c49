/** What vitest runs in a real VS Code window, and in a browser alone the page of the chat panel: two at once. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/e2e/*.test.ts', 'test/panel/*.test.ts'],
    maxWorkers: 2,
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
