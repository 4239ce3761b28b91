import type { ChatEvent } from '../../domain/events.ts';

/** How long a message waits for the one before it, which is on its way through Redis or lost. */
const GAP_TIMEOUT_MS = 50;
/** Maximum messages that wait. */
const MAX_HELD = 1_000;

/**
 * Hands on one chat's changes in order of revision. Changes that two instances commit one after the other arrive on two paths,
 * and the second often arrives first. Without this, listeners would read the store for each such gap.
 */
export class InOrder {
  readonly #handOn: (event: ChatEvent) => void;
  /** The revision of the last message that was handed on. */
  #revision: number | undefined;
  readonly #held = new Map<number, ChatEvent>();
  #timeout: NodeJS.Timeout | undefined;

  constructor(handOn: (event: ChatEvent) => void) {
    this.#handOn = handOn;
  }

  take(event: ChatEvent): void {
    const revision = revisionIn(event);
    if (revision === undefined) this.#handOn(event);
    else if (this.#revision !== undefined && revision > this.#revision + 1) this.#hold(revision, event);
    else {
      this.#revision = Math.max(revision, this.#revision ?? 0);
      this.#handOn(event);
      this.#handOnNext();
    }
  }

  /** Hands on what waits, gaps included. */
  close(): void {
    this.#giveUp();
  }

  #hold(revision: number, event: ChatEvent): void {
    this.#held.set(revision, event);
    if (this.#held.size > MAX_HELD) this.#giveUp();
    else this.#timeout ??= setTimeout(() => this.#giveUp(), GAP_TIMEOUT_MS).unref();
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

  /** Hands on what waits. The store has what is missing. */
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
    clearTimeout(this.#timeout);
    this.#timeout = undefined;
  }
}

function revisionIn(event: ChatEvent): number | undefined {
  if ('message' in event) return event.message.revision;
  return 'change' in event ? event.change.revision : undefined;
}
