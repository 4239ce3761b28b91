import { DomainError } from '../../../domain/errors.ts';
import type { Credential } from '../../../domain/identity/credential.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';
import { readCredential } from './credential-status.ts';

export interface ExpiryWatchDeps {
  readonly view: StoreView;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
}

export interface Watched {
  readonly userId: UserId;
  readonly credential: Credential;
  /** When it ends (ms), as far as is known. */
  readonly endsAt: number;
}

/** A watched credential whose end is revised. */
type Entry = Omit<Watched, 'endsAt'> & { endsAt: number };

type OnExpired = (expired: Pick<Watched, 'userId' | 'credential'>) => void;

const EVERY_MS = 1000;
/** Maximum credentials that are read at the same time. */
const MAX_READS = 100;

/**
 * Reports within a second that a credential has expired. It compares all of them with the clock once a second instead of setting
 * a timer for each, because the clock may be set meanwhile. A credential that looks expired is read again first: uses prolong it.
 */
export class ExpiryWatch {
  readonly #deps: ExpiryWatchDeps;
  readonly #onExpired: OnExpired;
  readonly #entries = new Map<Credential['id'], Entry>();
  /** No credential has to be read before this moment. */
  #earliest = Number.POSITIVE_INFINITY;
  #isTicking = false;

  constructor(deps: ExpiryWatchDeps, onExpired: OnExpired) {
    this.#deps = deps;
    this.#onExpired = onExpired;
  }

  watch(watched: Watched): void {
    const entry = { ...watched };
    this.#entries.set(entry.credential.id, entry);
    this.#expect(entry, entry.endsAt);
    this.#tickLater();
  }

  forget({ id }: Credential): void {
    this.#entries.delete(id);
  }

  /** It may have ended without an event: it is read again at the next tick. */
  doubt({ id }: Credential): void {
    const entry = this.#entries.get(id);
    if (entry) this.#expect(entry, 0);
  }

  #tickLater(): void {
    if (this.#isTicking || this.#entries.size === 0) return;
    this.#isTicking = true;
    this.#deps.timer.after(EVERY_MS, () => this.#tick());
  }

  #tick(): void {
    this.#isTicking = false;
    if (this.#deps.clock.now() < this.#earliest) {
      this.#tickLater();
      return;
    }
    this.#isTicking = true;
    this.#checkDue()
      .catch((err: unknown) => {
        // A credential that cannot be read now is read again at the next tick.
        if (err instanceof DomainError) return;
        this.#deps.log.error({ event: 'expiry_check_failed', err }, 'sessions could not be checked for their expiry');
      })
      .finally(() => {
        this.#isTicking = false;
        this.#tickLater();
      });
  }

  async #checkDue(): Promise<void> {
    const now = this.#deps.clock.now();
    const due = [...this.#entries.values()].filter(({ endsAt }) => endsAt <= now);
    for (let first = 0; first < due.length; first += MAX_READS) {
      await Promise.all(due.slice(first, first + MAX_READS).map((entry) => this.#check(entry)));
    }
    this.#earliest = Number.POSITIVE_INFINITY;
    for (const { endsAt } of this.#entries.values()) this.#earliest = Math.min(this.#earliest, endsAt);
  }

  async #check(entry: Entry): Promise<void> {
    const endsAt = await this.#readEnd(entry);
    if (this.#deps.clock.now() < endsAt) {
      this.#expect(entry, Math.min(entry.endsAt, endsAt));
      return;
    }
    this.#entries.delete(entry.credential.id);
    this.#onExpired(entry);
  }

  /** `endsAt` is Infinity while the credential is read, so that a concurrent doubt survives. */
  async #readEnd(entry: Entry): Promise<number> {
    entry.endsAt = Number.POSITIVE_INFINITY;
    try {
      return (await readCredential(this.#deps.view, entry.credential))?.endsAt ?? 0;
    } catch (error) {
      this.#expect(entry, 0);
      throw error;
    }
  }

  /** `#earliest` follows too, since `#checkDue` may have passed this entry already. */
  #expect(entry: Entry, endsAt: number): void {
    entry.endsAt = endsAt;
    this.#earliest = Math.min(this.#earliest, endsAt);
  }
}
