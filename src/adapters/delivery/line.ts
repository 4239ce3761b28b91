import { type ByteSink, Outbound } from './outbound.ts';

/** The connection that a line belongs to. */
export interface Peer {
  /** Whether anything that is written can still arrive. */
  readonly isOpen: boolean;
  /** Enough is unsent: nothing that would be answered should be taken in until `release`. */
  hold(): void;
  release(): void;
  /** Handles the failure of work that has no other caller. */
  watch(work: Promise<void>): void;
}

/** A follower that was set aside because the peer was slow. */
export interface Waiting {
  /** What was unsent has left. */
  drained(): void;
  /** Goes on. Resolves when it is live again or waits again. */
  goOn(): Promise<void>;
}

/** Time without a frame after which a peer is told that the connection works. */
const QUIET_MS = 25_000;

/** What one connection is sent, by all that it follows: one queue of bytes, held and released as a whole. */
export class Line {
  readonly #peer: Peer;
  readonly #outbound: Outbound;
  readonly #waiting = new Set<Waiting>();
  /** Enough is unsent: the peer is not listened to. */
  #isHeld = false;
  /** What is unsent is waited for. */
  #isAwaited = false;
  #isServing = false;
  /** Nothing comes before the first frame, which says where the peer is. */
  #hasBegun = false;

  constructor(peer: Peer, sink: ByteSink) {
    this.#peer = peer;
    this.#outbound = new Outbound(sink);
  }

  /** False when something that was written has yet to leave. */
  get hasLeft(): boolean {
    return this.#outbound.hasLeft;
  }

  /** So much is unsent that nothing more should be written that can wait. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Writes in any case; false says that enough is unsent. */
  write(buffer: Buffer, frames = 1): boolean {
    if (buffer.length === 0 || !this.#peer.isOpen) return true;
    this.#hasBegun = true;
    const takesMore = this.#outbound.write(buffer, frames);
    if (!takesMore) this.#hold();
    return takesMore;
  }

  /** Tells a follower to go on once what is unsent has left: one follower after another, so that one chunk is unsent. */
  wait(follower: Waiting): void {
    this.#waiting.add(follower);
    this.#awaitDrain();
  }

  leave(follower: Waiting): void {
    this.#waiting.delete(follower);
  }

  /** To be called once a second; `now` never steps back. False: the peer has been too slow for too long. */
  keepAlive(now: number, alive: Buffer): boolean {
    if (this.#outbound.isTooSlow(now)) return false;
    if (this.#outbound.quietFor(now) >= QUIET_MS && this.#hasBegun) this.write(alive);
    return true;
  }

  /** A peer that does not read what it is sent is not listened to either: every answer would add to what is unsent. */
  #hold(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    this.#peer.hold();
    this.#awaitDrain();
  }

  #awaitDrain(): void {
    if (this.#isAwaited) return;
    this.#isAwaited = true;
    this.#outbound.onDrained(() => {
      this.#isAwaited = false;
      for (const follower of this.#waiting) follower.drained();
      if (this.#isHeld) this.#peer.release();
      this.#isHeld = false;
      if (this.#waiting.size > 0 && !this.#isServing) this.#peer.watch(this.#serve());
    });
  }

  async #serve(): Promise<void> {
    this.#isServing = true;
    try {
      for (const follower of this.#waiting) {
        if (!this.#outbound.hasLeft) return this.#awaitDrain();
        this.#waiting.delete(follower);
        await follower.goOn();
      }
    } finally {
      this.#isServing = false;
    }
  }
}
