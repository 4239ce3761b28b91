import { Conflict } from '../../../domain/errors.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { Store } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { withinLimit } from '../../within-limit.ts';

/** An export that has not been continued for this long has ended, as with its process. */
const LEASE_MS = 60_000;
const RENEW_AFTER_MS = 20_000;

/** What the lease of an export needs. */
export interface LeaseDeps {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly rateLimits: RateLimits;
}

/** The right of a user to make an export, of which there is one at a time on all instances. It is renewed while the export is read. */
export class ExportLease {
  /** When the export began, in milliseconds since 1970. */
  readonly at: number;
  readonly #deps: LeaseDeps;
  readonly #userId: UserId;
  readonly #lease: string;
  #renewedAt: number;

  private constructor(deps: LeaseDeps, userId: UserId) {
    this.#deps = deps;
    this.#userId = userId;
    this.#lease = deps.secrets.token();
    this.at = deps.clock.now();
    this.#renewedAt = this.at;
  }

  /**
   * @param assertAllowed asked before an attempt counts, and once more in the unit of work that takes the lease
   * @throws DomainError `conflict` while another export of the user runs; `too_many_requests`, `unavailable`; what `assertAllowed` throws
   */
  static async take(
    deps: LeaseDeps,
    userId: UserId,
    assertAllowed: (store: Store) => Promise<unknown>,
  ): Promise<ExportLease> {
    const lease = new ExportLease(deps, userId);
    const limited = { limit: 'exports', key: `${userId}`, refusal: 'You have made many exports.' } as const;
    await deps.unitOfWork.run(assertAllowed);
    await withinLimit(deps.rateLimits, limited, () =>
      deps.unitOfWork.run(async (store) => {
        await assertAllowed(store);
        if (!(await lease.#claim(store, lease.at))) throw runsAlready();
      }),
    );
    return lease;
  }

  /** @throws Conflict where another export has begun, since this one stood still for too long */
  async renew(): Promise<void> {
    const now = this.#deps.clock.now();
    if (Math.abs(now - this.#renewedAt) < RENEW_AFTER_MS) return;
    this.#renewedAt = now;
    if (!(await this.#deps.unitOfWork.run((store) => this.#claim(store, now)))) throw runsAlready();
  }

  /** The same bytes, with the lease renewed while they are read: a large file takes longer than a lease. */
  async *renewing(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      await this.renew();
      yield chunk;
    }
  }

  async release(): Promise<void> {
    await this.#deps.unitOfWork.run(({ exports }) => exports.release(this.#userId, this.#lease));
  }

  #claim({ exports }: Store, now: number): Promise<boolean> {
    return exports.claim(this.#userId, { lease: this.#lease, now, until: now + LEASE_MS });
  }
}

const runsAlready = () => new Conflict('export_runs', 'An export of yours is running. Wait for its end.');
