import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Closes the output with one plain line, for a CI that does not know Vitest's own summary. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    process.stdout.write(`${summaryOf(modules, unhandledErrors)}\n`);
  }
}

function summaryOf(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): string {
  const states = modules.flatMap(({ children }) => [...children.allTests()].map((test) => test.result().state));
  const count = (wanted: string) => states.filter((state) => state === wanted).length;
  // A file that cannot be loaded, a hook or a stray rejection fails the run too, without a test to its name.
  const failures = count('failed') + modules.flatMap((module) => module.errors()).length + unhandledErrors.length;
  const skipped = count('skipped') + count('pending');
  return `${count('passed')} passed, ${failures} failed, ${skipped} skipped`;
}
