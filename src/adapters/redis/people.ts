import type { ChatId, UserId } from '../../domain/ids.ts';
import type { RedisLink } from './link.ts';

/** How long an instance's report of a chat holds. It is renewed every few seconds while a follower wants the details. */
const LIFETIME_MS = 10_000;

/** Stores the users connected at an instance, with the moment at which that expires, and returns those of all instances. */
const SAY_AND_ASK = `
local instance, people, lifetime = ARGV[1], ARGV[2], tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if people == '' then
  redis.call('HDEL', KEYS[1], instance)
else
  redis.call('HSET', KEYS[1], instance, (now + lifetime) .. ':' .. people)
  redis.call('PEXPIRE', KEYS[1], lifetime)
end
local known = {}
local said = redis.call('HGETALL', KEYS[1])
for i = 1, #said, 2 do
  local colon = string.find(said[i + 1], ':')
  if tonumber(string.sub(said[i + 1], 1, colon - 1)) < now then
    redis.call('HDEL', KEYS[1], said[i])
  else
    known[#known + 1] = string.sub(said[i + 1], colon + 1)
  end
end
return known
`;

/** How many different users are connected to a chat at all instances; at this one alone, while Redis is away. */
export async function countPeople(
  { ask, prefix }: RedisLink,
  said: { readonly chatId: ChatId; readonly instance: string; readonly here: ReadonlySet<UserId> },
): Promise<number> {
  try {
    const known = await ask((client) =>
      client.eval(SAY_AND_ASK, {
        keys: [`${prefix}people:${said.chatId}`],
        arguments: [said.instance, [...said.here].join(), String(LIFETIME_MS)],
      }),
    );
    const everywhere = Array.isArray(known) ? known.flatMap((ids) => String(ids).split(',')) : [];
    return new Set(everywhere).size;
  } catch {
    return said.here.size;
  }
}
