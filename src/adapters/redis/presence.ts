import { randomUUID } from 'node:crypto';
import type { Presence } from '../../application/ports/presence.ts';
import type { RedisClient, RedisLink } from './link.ts';
import { countPeople } from './people.ts';

/** Silence after which an instance counts as gone, and its connections with it. */
const LIFETIME_MS = 12_000;
const REPORT_EVERY_MS = 1_000;

/** Reports how many connections an instance has, returns how many the others have, and forgets expired instances. */
const SAY_AND_SUM = `
local instances, prefix = KEYS[1], KEYS[2]
local ourselves, own, lifetime = ARGV[1], ARGV[2], ARGV[3]
redis.call('SET', prefix .. ourselves, own, 'PX', lifetime)
redis.call('SADD', instances, ourselves)
local sum = 0
for _, instance in ipairs(redis.call('SMEMBERS', instances)) do
  local count = redis.call('GET', prefix .. instance)
  if not count then
    redis.call('SREM', instances, instance)
  elseif instance ~= ourselves then
    sum = sum + tonumber(count)
  end
end
return sum
`;

export interface RedisPresence extends Presence {
  close(): Promise<void>;
}

/**
 * The connections of all instances together: each reports once a second how many it has, under a key that expires, and reads
 * the reports of the others. While Redis is away, only this instance's own are known.
 */
export function makeRedisPresence(link: RedisLink): RedisPresence {
  const { prefix } = link;
  const ourselves = randomUUID();
  const instances = `${prefix}instances`;
  const keyOf = (instance: string) => `${prefix}connections:${instance}`;
  let own = 0;
  let others = 0;

  const exchange = (client: RedisClient) =>
    client.eval(SAY_AND_SUM, {
      keys: [instances, keyOf('')],
      arguments: [ourselves, String(own), String(LIFETIME_MS)],
    });
  const tick = () =>
    link.ask(exchange).then(
      (sum) => {
        others = Number(sum);
      },
      () => {
        others = 0;
      },
    );
  const ticking = setInterval(tick, REPORT_EVERY_MS).unref();

  return {
    connected() {
      own += 1;
    },
    disconnected() {
      own -= 1;
    },
    async count() {
      return own + others;
    },
    people: (chatId, here) => countPeople(link, { chatId, instance: ourselves, here: new Set(here) }),
    async close() {
      clearInterval(ticking);
      // Where Redis does not reply, the key expires by itself.
      await link
        .ask((client) => client.multi().del(keyOf(ourselves)).sRem(instances, ourselves).exec())
        .catch(() => undefined);
    },
  };
}
