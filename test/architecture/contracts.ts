import type { Source } from './sources.ts';

const PORT = /^src\/application\/ports\/([a-z-]+)\.ts$/;

/** This one only puts the collections together, each of which has its own part of the storage contract. */
const SUM_OF_OTHERS: ReadonlySet<string> = new Set(['store']);

/**
 * Ports that no contract holds: a suite named `<port>-contract.ts`, or a part of the storage contract named for the port, which some
 * test imports, directly or through other suites.
 */
export function uncontractedPorts(sources: readonly Source[], tests: readonly Source[]): readonly string[] {
  const run = runByTests(tests);
  return sources
    .map(({ path }) => ({ path, port: PORT.exec(path)?.[1] }))
    .filter(({ port }) => port !== undefined && !SUM_OF_OTHERS.has(port))
    .filter(
      ({ port }) => !run.has(`test/contracts/${port}-contract.ts`) && !run.has(`test/contracts/storage/${port}.ts`),
    )
    .map(({ path }) => `${path} has no contract`);
}

/** What the tests import, and what that imports in turn. */
function runByTests(tests: readonly Source[]): ReadonlySet<string> {
  const byPath = new Map(tests.map((source) => [source.path, source]));
  const run = new Set(tests.map(({ path }) => path).filter((path) => path.endsWith('.test.ts')));
  for (const path of run) {
    for (const { target } of byPath.get(path)?.imports ?? []) if (byPath.has(target)) run.add(target);
  }
  return run;
}
