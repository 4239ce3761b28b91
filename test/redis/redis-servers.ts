import { findComponent, findOnPath } from '../components.ts';

const redis = findComponent('redis-server');
const valkey = findOnPath('valkey-server');

/** What stands in Redis's place on this machine: Redis, which CI has to have, and Valkey where it is installed. */
export const REDIS_SERVERS: readonly { readonly name: string; readonly path: string; readonly isMissing: boolean }[] = [
  { name: 'Redis', ...redis },
  ...(valkey ? [{ name: 'Valkey', path: valkey, isMissing: false }] : []),
];
