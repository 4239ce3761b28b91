import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

/** What `npm start`, `npm run backup`, `npm run restore`, `npm run move`, `npm run admin`, `npm run doctor` and `npm run reindex` run. */
export const PROGRAMS = ['main', 'backup', 'restore', 'move', 'admin', 'doctor', 'reindex'] as const;
export type Program = (typeof PROGRAMS)[number];

/** Where processes share what Node has compiled. */
export const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'shoal-compiled') };

/** The program as its users start it. */
export const sourceOf = (program: Program): string =>
  fileURLToPath(new URL(`../../src/composition/${program}.ts`, import.meta.url));

/** The same, bundled for this run of the tests: it starts in less than half of the CPU time. */
export const bundleOf = (program: Program): string => join(inject('bundles'), `${program}.mjs`);
