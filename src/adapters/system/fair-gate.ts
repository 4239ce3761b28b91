import { DomainError } from '../../domain/errors.ts';

interface Waiting {
  enter(): void;
  refuse(refusal: DomainError): void;
}

/**
 * Limits concurrency with a queue for each address, served round robin. When the queues are full, the newest caller of the longest
 * queue is refused, so an address that floods the gate delays and displaces only itself.
 */
export class FairGate {
  readonly #maxInside: number;
  readonly #maxWaiting: number;
  /** The queues in the order in which they are served. */
  readonly #queues = new Map<string, Waiting[]>();
  #inside = 0;
  #waiting = 0;

  constructor({ maxInside, maxWaiting }: { readonly maxInside: number; readonly maxWaiting: number }) {
    this.#maxInside = maxInside;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * Does the work when its turn comes.
   * @throws DomainError `unavailable` when the queue is full, or what the work throws
   */
  async pass<T>(address: string, work: () => Promise<T>): Promise<T> {
    if (this.#inside < this.#maxInside) this.#inside += 1;
    else await new Promise<void>((enter, refuse) => this.#wait(address, { enter, refuse }));
    try {
      return await work();
    } finally {
      // Hands the place over, so that no other caller can take it in between.
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

  /** Among queues of equal length it is that of the newcomer, who has waited least. */
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
