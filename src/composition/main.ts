import { enableCompileCache } from 'node:module';

// What follows is imported only now, so that its compiled code comes from the cache too.
enableCompileCache();
const { run } = await import('./run.ts');
await run();
