import { randomUUID } from 'node:crypto';
import type { Presence } from '../../application/ports/presence.ts';
import type { RedisClient, RedisLink } from './link.ts';
import { countPeople } from './people.ts';

/** An instance that says nothing for so long is gone, and its connections with it. */
const LIFETIME_MS = 12_000;
const SAY_EVERY_MS = 1_000;

export interface RedisPresence extends Presence {
  close(): Promise<void>;
}

/**
 * The connections of all instances together: each says once a second how many it has, under a key that expires, and reads
 * what the others say. While Redis is away, only this instance's own are known.
 */
export function makeRedisPresence(link: RedisLink): RedisPresence {
  const { prefix } = link;
  const ourselves = randomUUID();
  const instances = `${prefix}instances`;
  const keyOf = (instance: string) => `${prefix}connections:${instance}`;
  let own = 0;
  let others = 0;

  async function exchange(commands: RedisClient): Promise<void> {
    await commands
      .multi()
      .set(keyOf(ourselves), String(own), { expiration: { type: 'PX', value: LIFETIME_MS } })
      .sAdd(instances, ourselves)
      .exec();
    const known = (await commands.sMembers(instances)).filter((instance) => instance !== ourselves);
    const counts = known.length > 0 ? await commands.mGet(known.map(keyOf)) : [];
    others = counts.reduce((sum, count) => sum + Number(count ?? 0), 0);
    const gone = known.filter((_, index) => counts[index] === null);
    if (gone.length > 0) await commands.sRem(instances, gone);
  }

  const tick = () =>
    link.ask(exchange).catch(() => {
      others = 0;
    });
  const ticking = setInterval(tick, SAY_EVERY_MS).unref();

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
      // Where Redis does not answer, it forgets this instance by itself.
      await link
        .ask((commands) => commands.multi().del(keyOf(ourselves)).sRem(instances, ourselves).exec())
        .catch(() => undefined);
    },
  };
}
