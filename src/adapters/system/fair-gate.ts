import { DomainError } from '../../domain/errors.ts';

interface Waiting {
  enter(): void;
  refuse(refusal: DomainError): void;
}

/**
 * Lets a few in at a time while the others wait: one address after another, each address in its own order. When too many wait,
 * the newest of the address with the longest queue is refused, so that an address that sends a crowd crowds out itself alone.
 */
export class FairGate {
  readonly #maxInside: number;
  readonly #maxWaiting: number;
  /** In the order in which the addresses have their turns. */
  readonly #queues = new Map<string, Waiting[]>();
  #inside = 0;
  #waiting = 0;

  constructor({ maxInside, maxWaiting }: { readonly maxInside: number; readonly maxWaiting: number }) {
    this.#maxInside = maxInside;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * Does the work when its turn has come.
   * @throws DomainError `unavailable` when it finds no room to wait, or loses it; or what the work throws
   */
  async pass<T>(address: string, work: () => Promise<T>): Promise<T> {
    if (this.#inside < this.#maxInside) this.#inside += 1;
    else await new Promise<void>((enter, refuse) => this.#wait(address, { enter, refuse }));
    try {
      return await work();
    } finally {
      // A place is handed on, so that none slips in between.
      const next = this.#takeNext();
      if (next) next.enter();
      else this.#inside -= 1;
    }
  }

  #wait(address: string, waiting: Waiting): void {
    const queue = this.#queues.get(address) ?? [];
    this.#queues.set(address, queue);
    queue.push(waiting);
    this.#waiting += 1;
    if (this.#waiting > this.#maxWaiting) this.#refuseOne(address);
  }

  #takeNext(): Waiting | undefined {
    const [first] = this.#queues;
    if (!first) return undefined;
    const [address, queue] = first;
    const next = queue.shift();
    this.#waiting -= 1;
    this.#queues.delete(address);
    if (queue.length > 0) this.#queues.set(address, queue);
    return next;
  }

  /** Where several queues are equally long it is the newcomer, who has waited least. */
  #refuseOne(newcomer: string): void {
    let [longest, queue] = [newcomer, this.#queues.get(newcomer) ?? []];
    for (const [address, other] of this.#queues) {
      if (other.length > queue.length) [longest, queue] = [address, other];
    }
    const refused = queue.pop();
    this.#waiting -= 1;
    if (queue.length === 0) this.#queues.delete(longest);
    refused?.refuse(new DomainError('unavailable', 'Too many people are signing in at this moment. Try again soon.'));
  }
}
