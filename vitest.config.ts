import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/summary-reporter.ts'],
    // Password hashing and the browser share two cores with everything else.
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
