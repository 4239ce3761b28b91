import type { ChatDigest } from './tasks.ts';
import { mixed } from './text-marks.ts';

/** Beyond this many gaps nobody needs to know which of them were filled late. */
const MAX_HOLES = 100_000;

/**
 * What every follower of one chat has received: each sender's posts must come to each follower once, and in the order
 * sent; and all followers must have seen the posts of all senders in one and the same order.
 */
export class Ledger {
  received = 0;
  duplicates = 0;
  readonly #senders: number;
  readonly #followers: number;
  readonly #next: Uint32Array;
  readonly #digests: Int32Array;
  readonly #counts: Uint32Array;
  readonly #holes = new Set<string>();
  #holesBeyond = 0;
  #late = 0;

  constructor(size: { followers: number; senders: number }) {
    this.#followers = size.followers;
    this.#senders = size.senders;
    this.#next = new Uint32Array(size.followers * size.senders);
    this.#digests = new Int32Array(size.followers);
    this.#counts = new Uint32Array(size.followers);
  }

  arrived(follower: number, sender: number, number: number): void {
    this.received++;
    this.#digests[follower] = mixed(this.#digests[follower] ?? 0, sender, number);
    this.#counts[follower] = (this.#counts[follower] ?? 0) + 1;
    const place = follower * this.#senders + sender;
    if (this.#next[place] === number) this.#next[place] = number + 1;
    else this.#outOfTurn(place, number);
  }

  /** Deliveries that never came, given how many each sender posted. */
  missing(sent: readonly number[]): number {
    let missing = this.#holes.size + this.#holesBeyond;
    for (const [place, next] of this.#next.entries()) missing += (sent[place % this.#senders] ?? 0) - next;
    return missing;
  }

  /** Deliveries out of their sender's order, and followers who saw another order than the first follower did. */
  disordered(): number {
    let others = 0;
    for (let follower = 1; follower < this.#followers; follower++) {
      if (this.#digests[follower] !== this.#digests[0]) others++;
    }
    return this.#late + others;
  }

  seen(): ChatDigest {
    return { messages: this.#counts[0] ?? 0, digest: this.#digests[0] ?? 0 };
  }

  #outOfTurn(place: number, number: number): void {
    const next = this.#next[place] ?? 0;
    if (number > next) {
      for (let hole = next; hole < number; hole++) this.#skipped(`${place}:${hole}`);
      this.#next[place] = number + 1;
    } else if (this.#holes.delete(`${place}:${number}`)) {
      this.#late++;
    } else {
      this.duplicates++;
    }
  }

  #skipped(hole: string): void {
    if (this.#holes.size < MAX_HOLES) this.#holes.add(hole);
    else this.#holesBeyond++;
  }
}
