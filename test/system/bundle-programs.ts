import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';
import { PROGRAMS, sourceOf } from './programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The directory of the bundled programs. */
    bundles: string;
  }
}

const TARGET = fileURLToPath(new URL('../artefacts/programs/', import.meta.url));
const MAIN = sourceOf('main');

/**
 * Bundles the programs once for all test files that start them. Node spends more than half of the CPU time of a start on finding,
 * loading and linking a thousand modules.
 */
export default async function bundlePrograms({ provide }: TestProject): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: PROGRAMS.map(sourceOf),
    outdir: TARGET,
    write: false,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    keepNames: true,
    outExtension: { '.js': '.mjs' },
    // The first three have a native part, the last is not installed.
    external: ['better-sqlite3', '@node-rs/argon2', 'sharp', 'pg-native'],
    // Whatever asks for its own place is in the directory of `main`, and finds templates and static files from there.
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(MAIN).href) },
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(MAIN)});`,
    },
  });
  mkdirSync(TARGET, { recursive: true });
  for (const { path, contents } of outputFiles) replaceFile(path, contents);
  const names = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const name of readdirSync(TARGET)) if (!names.has(name)) rmSync(join(TARGET, name), { force: true });
  provide('bundles', TARGET);
}

/** The same content stays in place: another run of the same tests may be reading it. */
function replaceFile(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  const draft = `${path}-${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
