import { createClient } from '@redis/client';
import type { Log } from '../../application/ports/log.ts';
import { Answers } from './answers.ts';
import { Patience } from './patience.ts';

const CONNECT_PATIENCE_MS = 2_000;
/** A connection on which nothing is written or comes back for so long is dead: there would have been a ping. */
const ASK_EVERY_MS = 3_000;
const SILENCE_MS = 10_000;
const LONGEST_RETRY_MS = 2_000;
/** So many commands wait for an answer at the most; past that they fail. */
const LONGEST_QUEUE = 10_000;

export type RedisClient = ReturnType<typeof makeClient>;

/** One connection that asks, tells and listens, so that what comes back wakes the process once. It comes back by itself. */
export interface RedisLink {
  /** Its commands fail at once while there is no connection; its subscriptions are made again when that comes back. */
  readonly client: RedisClient;
  /** It is connected and does not leave questions unanswered: if not, nothing is to be written to it. */
  readonly isAnswering: boolean;
  publish(channel: string, text: string): Promise<unknown>;
  /** What is asked of it, and fails soon where no answer comes. */
  ask<T>(question: (client: RedisClient) => Promise<T>): Promise<T>;
  /** What this installation's keys and channels begin with: installations can share a server by its database numbers. */
  readonly prefix: string;
  close(): void;
}

/** Does not wait for the connection: without it the process goes on alone. */
export function openRedisLink(url: string, log: Log): RedisLink {
  const client = makeClient(url);
  watch(client, log);
  client.connect().catch(() => undefined);
  const patience = new Patience();
  const answers = new Answers();
  const database = new URL(url).pathname.slice(1) || '0';
  return {
    client,
    get isAnswering() {
      return client.isReady && !answers.areOverdue;
    },
    publish: (channel, text) => answers.expect(client.publish(channel, text)),
    ask: (question) => patience.ask(() => answers.expect(question(client))),
    prefix: `shoal:${database}:`,
    close: () => client.destroy(),
  };
}

function makeClient(url: string) {
  const client = createClient({
    url,
    // Asks and listens on one connection.
    RESP: 3,
    disableOfflineQueue: true,
    commandsQueueMaxLength: LONGEST_QUEUE,
    // The client's own would cost more than the command: see `answers.ts`, and `patience.ts` for who has to have an answer.
    commandOptions: { timeout: 0 },
    pingInterval: ASK_EVERY_MS,
    socket: {
      connectTimeout: CONNECT_PATIENCE_MS,
      socketTimeout: SILENCE_MS,
      // All instances lose their connection at the same moment: they do not come back at the same one.
      reconnectStrategy: (retries) => Math.random() * Math.min(LONGEST_RETRY_MS, 50 * 2 ** retries),
    },
  });
  // Without a listener a lost connection would end the process.
  client.on('error', () => undefined);
  return client;
}

/** Says once that the connection is lost, and once that it is back. */
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
