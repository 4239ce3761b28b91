import { DomainError } from '../../../domain/errors.ts';
import { type Session, sessionExpiry } from '../../../domain/identity/session.ts';
import type { SessionId, UserId } from '../../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';

export interface ExpiryWatchDeps {
  readonly view: StoreView;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
}

type OnExpired = (expired: { readonly userId: UserId; readonly sessionId: SessionId }) => void;

interface Watched {
  readonly userId: UserId;
  expiresAt: number;
}

const EVERY_MS = 1000;
/** So many are read at the same time. */
const AT_ONCE = 100;

/**
 * Says within a second that a session has expired. One look at the clock each second, however many sessions there are, and
 * not one timer until the expiry: the clock may be set meanwhile. What is due is read again, since visits prolong it.
 */
export class ExpiryWatch {
  readonly #deps: ExpiryWatchDeps;
  readonly #onExpired: OnExpired;
  readonly #watched = new Map<SessionId, Watched>();
  /** Nothing is due before this moment. */
  #earliest = Number.POSITIVE_INFINITY;
  #isTicking = false;

  constructor(deps: ExpiryWatchDeps, onExpired: OnExpired) {
    this.#deps = deps;
    this.#onExpired = onExpired;
  }

  watch(session: Session): void {
    const expiresAt = sessionExpiry(session);
    this.#watched.set(session.id, { userId: session.userId, expiresAt });
    this.#earliest = Math.min(this.#earliest, expiresAt);
    this.#tickLater();
  }

  forget(id: SessionId): void {
    this.#watched.delete(id);
  }

  /** It may have ended without a word: it is read again at the next tick. */
  doubt(id: SessionId): void {
    const watched = this.#watched.get(id);
    if (!watched) return;
    this.#expect(watched, 0);
  }

  #tickLater(): void {
    if (this.#isTicking || this.#watched.size === 0) return;
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
        // What cannot be read at the moment is still due at the next tick.
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
    const due = [...this.#watched].filter(([, { expiresAt }]) => expiresAt <= now);
    for (let first = 0; first < due.length; first += AT_ONCE) {
      await Promise.all(due.slice(first, first + AT_ONCE).map(([id, watched]) => this.#check(id, watched)));
    }
    this.#earliest = Number.POSITIVE_INFINITY;
    for (const { expiresAt } of this.#watched.values()) this.#earliest = Math.min(this.#earliest, expiresAt);
  }

  async #check(id: SessionId, watched: Watched): Promise<void> {
    const expiresAt = await this.#readExpiry(id, watched);
    if (this.#deps.clock.now() < expiresAt) {
      this.#expect(watched, Math.min(watched.expiresAt, expiresAt));
      return;
    }
    this.#watched.delete(id);
    this.#onExpired({ userId: watched.userId, sessionId: id });
  }

  /** Meanwhile it is due at no moment, so that a doubt that comes up is not taken for the one that is being cleared. */
  async #readExpiry(id: SessionId, watched: Watched): Promise<number> {
    watched.expiresAt = Number.POSITIVE_INFINITY;
    try {
      const found = await this.#deps.view.sessions.find(id);
      return found ? sessionExpiry(found.session) : 0;
    } catch (error) {
      this.#expect(watched, 0);
      throw error;
    }
  }

  /** Also when the look at all of them is over. */
  #expect(watched: Watched, expiresAt: number): void {
    watched.expiresAt = expiresAt;
    this.#earliest = Math.min(this.#earliest, expiresAt);
  }
}
