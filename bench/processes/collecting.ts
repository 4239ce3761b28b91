import { fileURLToPath } from 'node:url';

/** Node flags for the servers whose memory is measured: they collect their garbage on a signal. */
export const COLLECTING: readonly string[] = [
  '--expose-gc',
  '--import',
  fileURLToPath(new URL('../servers/gc-on-signal.ts', import.meta.url)),
];
