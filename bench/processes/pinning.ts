import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const SERVER_CORE = '0';
const GENERATOR_CORE = '1';

/** Server and generator have a core each where the machine lets us say so; else they share what there is. */
export const pinned = availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0;

export const serverPrefix: readonly string[] = pinned ? ['taskset', '-c', SERVER_CORE] : [];
export const generatorPrefix: readonly string[] = pinned ? ['taskset', '-c', GENERATOR_CORE] : [];
