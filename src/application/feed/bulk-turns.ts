import type { Timer } from '../ports/timer.ts';

/** Time that bulk work may take in one turn of the event loop, in milliseconds. */
const TURN_MS = 2;
/** Pieces of work under way at the same time. */
const MAX_AT_ONCE = 4;

type Party = string | number;

/**
 * Shares the event loop between bulk work, which fills followers and pages with megabytes, and everything else: once a turn's time
 * is used up, posts and live deliveries come before the next piece. Parties take turns too, so that one with much to do does not
 * delay the others.
 */
export class BulkTurns {
  readonly #timer: Timer;
  /** The party that comes next is first. */
  readonly #waiting = new Map<Party, (() => void)[]>();
  #underWay = 0;
  #isTurn = false;
  #turnBegan = 0;

  constructor(timer: Timer) {
    this.#timer = timer;
  }

  /** Runs one piece of a party's work when its turn comes: at once while there is time. */
  async run<Result>(party: Party, work: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((resolve) => {
      const line = this.#waiting.get(party);
      if (line) line.push(resolve);
      else this.#waiting.set(party, [resolve]);
      this.#admit();
    });
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      this.#admit();
    }
  }

  #admit(): void {
    for (const [party, line] of this.#waiting) {
      if (this.#underWay >= MAX_AT_ONCE || !this.#hasTime()) return;
      this.#underWay += 1;
      this.#waiting.delete(party);
      line.shift()?.();
      // A party that is added during the iteration comes at its end.
      if (line.length > 0) this.#waiting.set(party, line);
    }
  }

  #hasTime(): boolean {
    const now = this.#timer.elapsed();
    if (this.#isTurn) return now - this.#turnBegan < TURN_MS;
    this.#isTurn = true;
    this.#turnBegan = now;
    this.#timer.after(0, () => {
      this.#isTurn = false;
      this.#admit();
    });
    return true;
  }
}
