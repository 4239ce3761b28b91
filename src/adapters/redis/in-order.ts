import type { ChatEvent } from '../../domain/events.ts';

/** What comes before a message is waited for so long; it is on its way through Redis, or lost. */
const PATIENCE_MS = 50;
/** So many messages wait at the most. */
const MOST_HELD = 1_000;

/**
 * One chat's messages by their revisions. What two instances commit one after another comes here by two ways, and the
 * second is often here first; without this whoever listens would read the store for each such gap.
 */
export class InOrder {
  readonly #handOn: (event: ChatEvent) => void;
  /** Of the last message that was handed on. */
  #revision: number | undefined;
  readonly #held = new Map<number, ChatEvent>();
  #patience: NodeJS.Timeout | undefined;

  constructor(handOn: (event: ChatEvent) => void) {
    this.#handOn = handOn;
  }

  take(event: ChatEvent): void {
    const revision = 'message' in event ? event.message.revision : undefined;
    if (revision === undefined) this.#handOn(event);
    else if (this.#revision !== undefined && revision > this.#revision + 1) this.#hold(revision, event);
    else {
      this.#revision = Math.max(revision, this.#revision ?? 0);
      this.#handOn(event);
      this.#handOnNext();
    }
  }

  /** What waits is handed on as it is. */
  close(): void {
    this.#giveUp();
  }

  #hold(revision: number, event: ChatEvent): void {
    this.#held.set(revision, event);
    if (this.#held.size > MOST_HELD) this.#giveUp();
    else this.#patience ??= setTimeout(() => this.#giveUp(), PATIENCE_MS).unref();
  }

  #handOnNext(): void {
    if (this.#held.size === 0 || this.#revision === undefined) return;
    for (let next = this.#revision + 1; ; next += 1) {
      const event = this.#held.get(next);
      if (!event) break;
      this.#held.delete(next);
      this.#revision = next;
      this.#handOn(event);
    }
    if (this.#held.size === 0) this.#stopWaiting();
  }

  /** With the gap: the store has what is missing. */
  #giveUp(): void {
    this.#stopWaiting();
    const held = [...this.#held].toSorted(([one], [other]) => one - other);
    this.#held.clear();
    for (const [revision, event] of held) {
      this.#revision = revision;
      this.#handOn(event);
    }
  }

  #stopWaiting(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }
}
