import { spawnSync } from 'node:child_process';
import { PostgresServer } from '../../test/postgres/postgres-server.ts';
import { RedisServer } from '../../test/redis/redis-server.ts';
import type { Target } from '../load/tasks.ts';
import { serverPrefix } from '../processes/pinning.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import { type Stored, storedInPostgres } from '../stored/audit.ts';
import { makeChats, startShoalOn } from './shoal.ts';

export interface StartedInstances {
  readonly target: Target;
  /** Ends the instances; what they have stored stays until `remove`. */
  stop(): Promise<Stored>;
  remove(): Promise<void>;
}

/** Several instances of this server with a PostgreSQL and a Redis of their own, all on the servers' core. */
export async function startInstances(options: {
  readonly instances: number;
  readonly chats: number;
  readonly nodeFlags: readonly string[];
}): Promise<StartedInstances> {
  const postgres = await PostgresServer.start({ isSynced: true, under: serverPrefix });
  const redis = await RedisServer.start(redisServer(), serverPrefix);
  const stores = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
  const servers: ServerProcess[] = [];
  while (servers.length < options.instances) servers.push(await startShoalOn(stores, options.nodeFlags));
  const [first, ...others] = servers;
  if (first === undefined) throw new Error('One instance at least');
  const chats = await makeChats(first.port, options.chats);
  const served = ({ pid, port }: ServerProcess) => ({ pid, port });
  return {
    target: {
      ...served(first),
      dialect: 'shoal',
      chats,
      peers: others.map(served),
      beneath: [postgres.pid, redis.pid],
    },
    async stop() {
      for (const server of servers) await server.stop();
      await redis.stop();
      return storedInPostgres(postgres.url);
    },
    remove: () => postgres.remove(),
  };
}

function redisServer(): string {
  const [path = ''] = spawnSync('sh', ['-c', 'command -v redis-server'], { encoding: 'utf8' }).stdout.split('\n');
  if (path === '') throw new Error('Several instances need redis-server, which is not installed.');
  return path;
}
