import type { Unsubscribe } from '../../application/ports/broadcast.ts';

interface Subscription<Event> {
  readonly listen: (event: Event) => void;
}

/** Subscriptions by topic. A topic without subscriptions takes no memory. */
export class Topics<Id, Event> {
  readonly #topics = new Map<Id, Set<Subscription<Event>>>();

  get size(): number {
    return this.#topics.size;
  }

  publish(id: Id, event: Event): void {
    const subscriptions = this.#topics.get(id);
    if (!subscriptions) return;
    // A listener may add and remove subscriptions: added ones miss this event, removed ones are skipped.
    for (const subscription of [...subscriptions]) {
      if (subscriptions.has(subscription)) subscription.listen(event);
    }
  }

  subscribe(id: Id, listen: (event: Event) => void): Unsubscribe {
    const subscription = { listen };
    const subscriptions = this.#topics.get(id) ?? new Set();
    this.#topics.set(id, subscriptions.add(subscription));
    return () => {
      if (subscriptions.delete(subscription) && subscriptions.size === 0) this.#topics.delete(id);
    };
  }
}
