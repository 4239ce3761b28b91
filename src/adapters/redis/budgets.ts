import type { BudgetName, Budgets } from '../../application/ports/budgets.ts';
import type { UserId } from '../../domain/ids.ts';
import type { RedisLink } from './link.ts';

/** Shortest time between two settlements of an instance. One settlement covers all users. */
const PAUSE_MS = 50;
/** Maximum accounts in one settlement, and waiting for one. Further accounts stay unsettled. */
const MAX_AT_ONCE = 500;
const MAX_WAITING = 10_000;

/**
 * For each account: adds what was spent locally, and then takes `cost` if the bucket has it. Returns the debt, which is the time that
 * the bucket takes to fill, and the time to wait. A debt is bounded, so that a clock that was set back locks no user out.
 */
const SETTLE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local answers = {}
for i, key in ipairs(KEYS) do
  local spent, cost, capacity = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local kept = tonumber(redis.call('GET', key) or now)
  local debt = math.min(math.max(0, kept - now) + spent, 2 * capacity)
  local wait = debt + cost - capacity
  if wait <= 0.001 then
    wait = 0
    debt = debt + cost
  end
  if debt > 0 then
    redis.call('SET', key, string.format('%.3f', now + debt), 'PX', math.ceil(debt))
  end
  answers[2 * i - 1] = math.ceil(debt)
  answers[2 * i] = math.ceil(wait)
end
return answers
`;

/** Buckets of this instance, as `TokenBuckets` has them. */
interface LocalBuckets {
  readonly capacityMs: number;
  readonly costMs: number;
  take(userId: UserId): number;
  wait(userId: UserId, amount: number): number;
  spend(userId: UserId, amount: number): void;
  setDebt(userId: UserId, ms: number): void;
}

interface Account {
  readonly budget: BudgetName;
  readonly userId: UserId;
  /** Taken here and not reported to Redis yet, as the time that it takes to come back. */
  spentMs: number;
}

/** Budgets that all instances share. While Redis is away each counts by itself. */
export class RedisBudgets implements Budgets {
  readonly #link: RedisLink;
  readonly #buckets: Readonly<Record<BudgetName, LocalBuckets>>;
  readonly #unsettled = new Map<string, Account>();
  #isSettling = false;

  constructor(link: RedisLink, buckets: Readonly<Record<BudgetName, LocalBuckets>>) {
    this.#link = link;
    this.#buckets = buckets;
  }

  take(budget: BudgetName, userId: UserId): number {
    const wait = this.#buckets[budget].take(userId);
    if (wait === 0) this.#owe(budget, userId, 1);
    return wait;
  }

  async takeShared(budget: BudgetName, userId: UserId): Promise<number> {
    if (!this.#link.isAnswering) return this.#buckets[budget].take(userId);
    const key = keyOf(budget, userId);
    const account = this.#unsettled.get(key) ?? { budget, userId, spentMs: 0 };
    this.#unsettled.delete(key);
    try {
      const [wait = 0] = await this.#settle([account], this.#buckets[budget].costMs);
      return wait;
    } catch {
      return this.#buckets[budget].take(userId);
    }
  }

  wait(budget: BudgetName, userId: UserId, amount: number): number {
    return this.#buckets[budget].wait(userId, amount);
  }

  spend(budget: BudgetName, userId: UserId, amount: number): void {
    this.#buckets[budget].spend(userId, amount);
    this.#owe(budget, userId, amount);
  }

  #owe(budget: BudgetName, userId: UserId, amount: number): void {
    if (!this.#link.isAnswering) return;
    const key = keyOf(budget, userId);
    const account = this.#unsettled.get(key) ?? { budget, userId, spentMs: 0 };
    account.spentMs += amount * this.#buckets[budget].costMs;
    if (this.#unsettled.size < MAX_WAITING) this.#unsettled.set(key, account);
    if (this.#isSettling) return;
    this.#isSettling = true;
    setImmediate(() => this.#settleAll());
  }

  /** Not awaited. What cannot be settled is counted by this instance alone. */
  #settleAll(): void {
    const accounts = [...this.#unsettled.values().take(MAX_AT_ONCE)];
    for (const { budget, userId } of accounts) this.#unsettled.delete(keyOf(budget, userId));
    const pause = () => {
      setTimeout(() => {
        if (this.#unsettled.size > 0) this.#settleAll();
        else this.#isSettling = false;
      }, PAUSE_MS).unref();
    };
    this.#settle(accounts, 0).then(pause, pause);
  }

  /** The time to wait for each account. The local buckets take over what Redis knows of them. */
  async #settle(accounts: readonly Account[], costMs: number): Promise<readonly number[]> {
    const answer = await this.#link.ask((client) =>
      client.eval(SETTLE, {
        keys: accounts.map(({ budget, userId }) => `${this.#link.prefix}budget:${keyOf(budget, userId)}`),
        arguments: accounts.flatMap(({ budget, spentMs }) =>
          [spentMs, costMs, this.#buckets[budget].capacityMs].map(String),
        ),
      }),
    );
    const numbers = Array.isArray(answer) ? answer.map(Number) : [];
    return accounts.map(({ budget, userId }, index) => {
      const owed = this.#unsettled.get(keyOf(budget, userId))?.spentMs ?? 0;
      this.#buckets[budget].setDebt(userId, (numbers[2 * index] ?? 0) + owed);
      return numbers[2 * index + 1] ?? 0;
    });
  }
}

const keyOf = (budget: BudgetName, userId: UserId): string => `${budget}:${userId}`;
