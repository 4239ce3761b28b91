import { enableCompileCache } from 'node:module';

// Imported after the cache is enabled, so that its compiled code is cached too.
enableCompileCache();
const { run } = await import('./run.ts');
await run();
