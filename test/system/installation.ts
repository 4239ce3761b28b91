import { freePort } from '../free-port.ts';
import { PostgresServer } from '../postgres/postgres-server.ts';
import { RedisServer } from '../redis/redis-server.ts';
import { ServerProcess } from './server-process.ts';

/** Two real instances, their PostgreSQL and their Redis. Each instance keeps its address when it is started again. */
export class Installation {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly #env: Record<string, string>;
  readonly #ports: readonly number[];
  readonly #running = new Map<number, ServerProcess>();

  private constructor(parts: { postgres: PostgresServer; redis: RedisServer; ports: readonly number[] }, env = {}) {
    this.postgres = parts.postgres;
    this.redis = parts.redis;
    this.#ports = parts.ports;
    this.#env = { DATABASE_URL: parts.postgres.url, REDIS_URL: parts.redis.url, ...env };
  }

  static async start(redisPath: string, env: Record<string, string> = {}): Promise<Installation> {
    const [postgres, redis, ...ports] = await Promise.all([
      PostgresServer.start(),
      RedisServer.start(redisPath),
      freePort(),
      freePort(),
    ]);
    const installation = new Installation({ postgres, redis, ports }, env);
    await Promise.all([installation.startInstance(0), installation.startInstance(1)]);
    return installation;
  }

  get one(): ServerProcess {
    return this.#instance(0);
  }

  get other(): ServerProcess {
    return this.#instance(1);
  }

  async startInstance(which: 0 | 1): Promise<void> {
    this.#running.set(which, await this.startAnother({ PORT: String(this.#ports[which]) }));
  }

  /** A third one, to be stopped by whoever starts it. */
  startAnother(env: Record<string, string> = {}): Promise<ServerProcess> {
    return ServerProcess.start({ ...this.#env, ...env });
  }

  /** A chat, and the cookies of its members, of whom the first is the owner. */
  async newChat(
    ...names: readonly string[]
  ): Promise<{ readonly chatId: number; readonly cookies: readonly string[] }> {
    const cookies: string[] = [];
    for (const name of names) cookies.push(await this.one.signIn(name));
    const [owner = '', ...others] = cookies;
    return { chatId: await this.one.newChat(owner, ...others), cookies };
  }

  /** The ways to the chat, by each instance. */
  socketUrls(chatId: number): readonly [string, string] {
    return [this.one.socketUrl(chatId), this.other.socketUrl(chatId)];
  }

  async remove(): Promise<void> {
    for (const server of this.#running.values()) await server.stop('SIGKILL');
    await Promise.all([this.redis.stop(), this.postgres.remove()]);
  }

  #instance(which: number): ServerProcess {
    const server = this.#running.get(which);
    if (!server) throw new Error(`Instance ${which} was not started.`);
    return server;
  }
}
