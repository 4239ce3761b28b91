import type { MakeCard } from '../../domain/jobs/job.ts';
import type { Clock } from '../ports/clock.ts';
import type { KnownPage, Taken } from '../ports/link-cards.ts';
import type { Storage } from '../ports/storage.ts';

/** How long what a visit found counts, in milliseconds. */
const FOUND_FOR_MS = 24 * 3_600_000;
/** The same where there was nothing, or nobody answered. */
const MISSED_FOR_MS = 10 * 60_000;
/** Longer than a visit takes. */
const LEASE_MS = 30_000;
/** How soon to look for what another visit of the same page has found. */
const WAIT_MS = 1_000;
/** Waits before further visits of a page that was not reached. */
const RETRY_MS = [10_000, 60_000];
/** A wait for another visit is one try, and a visit in vain as many as there are waits for one. */
const TRIES_PER_VISIT = 40;

/** What is known of pages, and who visits them when. */
export class PageVisits {
  readonly #deps: Pick<Storage, 'unitOfWork' | 'view'> & { readonly clock: Clock };

  constructor(deps: Pick<Storage, 'unitOfWork' | 'view'> & { readonly clock: Clock }) {
    this.#deps = deps;
  }

  /** @param renew whether what is known does not count */
  async take(href: string, renew = false): Promise<Taken> {
    const now = await this.#now();
    return this.#deps.unitOfWork.run(({ linkCards }) => linkCards.take(href, { now, leaseMs: LEASE_MS, renew }));
  }

  release(href: string): Promise<void> {
    return this.#deps.unitOfWork.run(({ linkCards }) => linkCards.release(href));
  }

  async note(href: string, found: KnownPage | 'none'): Promise<void> {
    const until = (await this.#now()) + (found === 'none' ? MISSED_FOR_MS : FOUND_FOR_MS);
    await this.#deps.unitOfWork.run(({ linkCards }) => linkCards.note(href, found, until));
  }

  /** After a visit that did not reach the page: it is tried three times in all. */
  async putOff(job: MakeCard, href: string): Promise<void> {
    const delayMs = RETRY_MS[Math.floor(job.tries / TRIES_PER_VISIT)];
    if (delayMs === undefined) return this.note(href, 'none');
    await this.release(href);
    await this.#addAgain({ ...job, tries: job.tries + TRIES_PER_VISIT }, delayMs);
  }

  /** Looks again soon for what somebody else finds, but not for ever. */
  async waitFor(job: MakeCard): Promise<void> {
    const tries = job.tries + 1;
    if (tries % TRIES_PER_VISIT !== 0) await this.#addAgain({ ...job, tries }, WAIT_MS);
  }

  #addAgain(job: MakeCard, delayMs: number): Promise<void> {
    return this.#deps.unitOfWork.run(({ jobs }) => jobs.add(job, { delayMs }));
  }

  /** Leases are compared by one clock for all instances, where there is one. */
  async #now(): Promise<number> {
    return (await this.#deps.view.time()) ?? this.#deps.clock.now();
  }
}
