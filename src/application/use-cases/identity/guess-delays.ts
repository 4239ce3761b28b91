import { DomainError } from '../../../domain/errors.ts';
import type { UsernameKey } from '../../../domain/identity/username.ts';
import type { Timer } from '../../ports/timer.ts';
import { tooManyRequests } from '../../within-limit.ts';

/** Maximum guesses that are delayed at the same time. */
export interface DelayCaps {
  readonly ofNetwork: number;
  readonly inAll: number;
}

const DELAY_MS = 3_000;

/**
 * Delays guesses where refusing them would also lock out the owner of the name. A delayed guess keeps a request open, so their number
 * is limited: one for each name and network, and the caps.
 */
export class GuessDelays {
  readonly #timer: Pick<Timer, 'after'>;
  readonly #caps: DelayCaps;
  readonly #stopping: AbortSignal;
  readonly #names = new Map<string, Set<UsernameKey>>();
  #delayed = 0;

  constructor(deps: {
    readonly timer: Pick<Timer, 'after'>;
    readonly delayCaps: DelayCaps;
    /** Aborted when the process stops, which does not wait for delayed guesses. */
    readonly stopping: AbortSignal;
  }) {
    this.#timer = deps.timer;
    this.#caps = deps.delayCaps;
    this.#stopping = deps.stopping;
  }

  /**
   * Resolves after the delay.
   * @throws DomainError `too_many_requests` when too many are delayed already; `unavailable` when the process stops
   */
  async wait({ network, name }: { readonly network: string; readonly name: UsernameKey }): Promise<void> {
    const names = this.#names.get(network) ?? new Set();
    const { ofNetwork, inAll } = this.#caps;
    if (names.has(name) || names.size >= ofNetwork || this.#delayed >= inAll) {
      throw tooManyRequests('There were many wrong passwords.', DELAY_MS);
    }
    this.#names.set(network, names.add(name));
    this.#delayed += 1;
    try {
      await this.#pass();
    } finally {
      this.#delayed -= 1;
      names.delete(name);
      if (names.size === 0) this.#names.delete(network);
    }
  }

  #pass(): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => reject(new DomainError('unavailable', 'The server is stopping. Try again in a moment.'));
      if (this.#stopping.aborted) stop();
      this.#stopping.addEventListener('abort', stop);
      this.#timer.after(DELAY_MS, () => {
        this.#stopping.removeEventListener('abort', stop);
        resolve();
      });
    });
  }
}
