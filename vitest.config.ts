import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'server', include: ['test/**/*.test.ts'], exclude: ['test/browser/**'] } },
      // A real browser on a busy machine is late now and then. Of anything else a single failure counts: a message lost once is lost.
      { extends: true, test: { name: 'browser', include: ['test/browser/**/*.test.ts'], retry: 1 } },
    ],
    reporters: ['default', './test/summary-reporter.ts'],
    // Much of the time goes by in waiting: for servers that start, for what is away, for a browser.
    maxWorkers: 2,
    // Password hashing, databases and the browser share what cores there are with everything else.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
