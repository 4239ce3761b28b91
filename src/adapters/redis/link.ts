import { createClient } from '@redis/client';
import type { Log } from '../../application/ports/log.ts';
import { ReplyTimeout } from './reply-timeout.ts';
import { ReplyWatchdog } from './reply-watchdog.ts';

const CONNECT_TIMEOUT_MS = 2_000;
const PING_EVERY_MS = 3_000;
/** Silence after which a connection is dead: there would have been a ping. */
const SILENCE_MS = 10_000;
const MAX_RETRY_DELAY_MS = 2_000;
/** Maximum commands that wait for a reply; further ones fail. */
const MAX_QUEUE = 10_000;

export type RedisClient = ReturnType<typeof makeClient>;

/** One connection for commands and subscriptions, so that all that arrives wakes the process once. It reconnects by itself. */
export interface RedisLink {
  /** Commands fail at once while there is no connection; subscriptions are renewed when it is back. */
  readonly client: RedisClient;
  /** It is connected and replies. Otherwise nothing must be written to it. */
  readonly isAnswering: boolean;
  publish(channel: string, text: string): Promise<unknown>;
  /** The reply to a command. Rejects soon when none comes. */
  ask<T>(command: (client: RedisClient) => Promise<T>): Promise<T>;
  /** The prefix of this installation's keys and channels: installations can share a server by its database numbers. */
  readonly prefix: string;
  close(): void;
}

/** Does not wait for the connection: without one the process works alone. */
export function openRedisLink(url: string, log: Log): RedisLink {
  const client = makeClient(url);
  watch(client, log);
  client.connect().catch(() => undefined);
  const timeout = new ReplyTimeout();
  const watchdog = new ReplyWatchdog();
  const database = new URL(url).pathname.slice(1) || '0';
  return {
    client,
    get isAnswering() {
      return client.isReady && !watchdog.areOverdue;
    },
    publish: (channel, text) => watchdog.expect(client.publish(channel, text)),
    ask: (command) => timeout.ask(() => watchdog.expect(command(client))),
    prefix: `shoal:${database}:`,
    close: () => client.destroy(),
  };
}

function makeClient(url: string) {
  const client = createClient({
    url,
    // Commands and subscriptions share one connection.
    RESP: 3,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_QUEUE,
    // The client's own timeout costs more than the command. `reply-watchdog.ts` and `reply-timeout.ts` stand in for it.
    commandOptions: { timeout: 0 },
    pingInterval: PING_EVERY_MS,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_MS,
      // All instances lose their connection at the same moment. The jitter spreads their return.
      reconnectStrategy: (retries) => Math.random() * Math.min(MAX_RETRY_DELAY_MS, 50 * 2 ** retries),
    },
  });
  // Without a listener a lost connection would end the process.
  client.on('error', () => undefined);
  return client;
}

/** Logs once that the connection is lost, and once that it is back. */
function watch(client: RedisClient, log: Log): void {
  let isLost = false;
  client.on('error', (err: unknown) => {
    if (!isLost) log.warn({ event: 'redis_lost', err }, 'other instances are heard of through the database only');
    isLost = true;
  });
  client.on('ready', () => {
    if (isLost) log.info({ event: 'redis_back' }, 'other instances are heard of again');
    isLost = false;
  });
}
