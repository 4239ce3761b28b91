import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import RateLimiterStore from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js';
import type { Rate } from '../../application/ports/rate-limits.ts';
import type { RedisLink } from './link.ts';

/**
 * What is taken is given back in steps, counted from the first taking, as in `MemoryLimiter`, by the clock of Redis, which all instances
 * share. A count that would exceed the limit is left as it is, and a count of 0 is not stored.
 */
const TAKE = `
local points, most, step_count, step_ms = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local taken, since = 0, now
local kept = redis.call('HMGET', KEYS[1], 'taken', 'since')
if kept[1] then
  taken, since = tonumber(kept[1]), math.min(tonumber(kept[2]), now)
  local steps = math.floor((now - since) / step_ms)
  taken = taken - steps * step_count
  since = since + steps * step_ms
  if taken <= 0 then taken, since = 0, now end
end
local wanted = taken + points
if wanted <= most then
  taken = math.max(0, wanted)
  if taken == 0 then
    redis.call('DEL', KEYS[1])
  else
    redis.call('HSET', KEYS[1], 'taken', taken, 'since', since)
    redis.call('PEXPIRE', KEYS[1], math.ceil(math.ceil(taken / step_count) * step_ms))
  end
end
return {wanted, math.ceil(since + step_ms - now)}
`;

/** Counts that all instances share. While Redis is away, each counts by itself in `alone`. */
export class RedisLimiter extends RateLimiterStore {
  readonly #ask: RedisLink['ask'];
  readonly #prefix: string;
  /** Points that are refilled at each step. */
  readonly #stepCount: number;
  readonly #stepMs: number;

  constructor(options: {
    readonly name: string;
    readonly rate: Rate;
    readonly link: RedisLink;
    readonly alone: RateLimiterAbstract;
  }) {
    const { count, withinMs, refill } = options.rate;
    super({
      storeClient: undefined,
      keyPrefix: '',
      points: count,
      duration: withinMs / 1000,
      insuranceLimiter: options.alone,
    });
    this.#ask = options.link.ask;
    this.#prefix = `${options.link.prefix}limit:${options.name}:`;
    this.#stepCount = refill === 'together' ? count : 1;
    this.#stepMs = refill === 'together' ? withinMs : withinMs / count;
  }

  override async _upsert(key: string, points: number): Promise<RateLimiterRes> {
    const answer = await this.#ask((client) =>
      client.eval(TAKE, {
        keys: [this.#prefix + key],
        arguments: [points, this.points, this.#stepCount, this.#stepMs].map(String),
      }),
    );
    const [taken = 0, msBeforeNext = 0] = Array.isArray(answer) ? answer.map(Number) : [];
    return new RateLimiterRes(Math.max(0, this.points - taken), msBeforeNext, taken);
  }

  override async _get(key: string): Promise<RateLimiterRes | null> {
    // Nothing is taken, and what is there is answered.
    return this._upsert(key, 0);
  }

  override async _delete(key: string): Promise<boolean> {
    return (await this.#ask((client) => client.del(this.#prefix + key))) > 0;
  }

  override _getRateLimiterRes(_key: string, _points: number, stored: RateLimiterRes): RateLimiterRes {
    return stored;
  }
}
