import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/summary-reporter.ts'],
    // Much of the time goes by in waiting: for servers that start, for what is away, for a browser.
    maxWorkers: 2,
    // Password hashing, databases and the browser share what cores there are with everything else.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A browser or a database may be late once on a busy machine; what is wrong fails again.
    retry: 1,
    expect: { poll: { timeout: 10_000 } },
  },
});
