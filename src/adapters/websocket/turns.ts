import type { Actor } from '../../application/actor.ts';
import type { Timer } from '../../application/ports/timer.ts';
import type { UserId } from '../../domain/ids.ts';

export interface Sender {
  /** One was taken from the budget for it: it begins one frame. */
  proceed(): void;
}

export type Turn = 'begin' | 'wait' | 'flood';

/** The sockets of one person that want more than the budget has. */
interface Queue {
  /** Each is served in its turn, one frame at a time. */
  readonly senders: Set<Sender>;
  heldSince: number;
  heldUntil: number;
  isWaking: boolean;
}

/** How long a person may want more than the budget has, without a pause, before this counts as a flood. */
const MAX_THROTTLED_MS = 60_000;
/** A shorter pause does not count: timers are late, and it takes a moment to read on or to connect again. */
const SHORTEST_PAUSE_MS = 2_000;
/** Queues looked at when one is added, to remove those that are over. */
const SWEPT_AT_ONCE = 4;

/**
 * Paces the frames that people send on their sockets by one budget: as many at once as the budget has, then evenly, one socket of a
 * person after another. A queue belongs to the person and outlasts the sockets, so that connecting again is no way around it.
 */
export class Turns {
  readonly #take: (actor: Actor) => number;
  readonly #timer: Timer;
  readonly #queues = new Map<UserId, Queue>();

  /** `take` takes one from the actor's budget and answers 0, or answers in how many milliseconds there is one. */
  constructor(deps: { readonly take: (actor: Actor) => number; readonly timer: Timer }) {
    this.#take = deps.take;
    this.#timer = deps.timer;
  }

  /** `begin`: one was taken. `wait`: the sender is told to proceed in its turn. `flood`: it is to be closed. */
  enter(actor: Actor, sender: Sender): Turn {
    const known = this.#queues.get(actor.user.id);
    const isAlone = !known || known.senders.size === 0;
    const wait = isAlone ? this.#take(actor) : 0;
    if (isAlone && wait === 0) return 'begin';
    const queue = known ?? this.#open(actor.user.id);
    const now = this.#timer.elapsed();
    if (now - queue.heldUntil > SHORTEST_PAUSE_MS) queue.heldSince = now;
    queue.heldUntil = Math.max(queue.heldUntil, now + wait);
    if (now - queue.heldSince > MAX_THROTTLED_MS) return 'flood';
    queue.senders.add(sender);
    if (!queue.isWaking) this.#wakeIn(wait, actor, queue);
    return 'wait';
  }

  leave({ user }: Actor, sender: Sender): void {
    this.#queues.get(user.id)?.senders.delete(sender);
  }

  #open(userId: UserId): Queue {
    this.#sweep();
    const queue = { senders: new Set<Sender>(), heldSince: 0, heldUntil: Number.NEGATIVE_INFINITY, isWaking: false };
    this.#queues.set(userId, queue);
    return queue;
  }

  /** One timer for a queue, and none while no sender waits. */
  #wakeIn(ms: number, actor: Actor, queue: Queue): void {
    queue.isWaking = true;
    this.#timer.after(ms, () => this.#serve(actor, queue));
  }

  #serve(actor: Actor, queue: Queue): void {
    for (let [next] = queue.senders; next; [next] = queue.senders) {
      const wait = this.#take(actor);
      if (wait > 0) {
        queue.heldUntil = this.#timer.elapsed() + wait;
        this.#wakeIn(wait, actor, queue);
        return;
      }
      queue.senders.delete(next);
      next.proceed();
    }
    queue.isWaking = false;
  }

  #sweep(): void {
    const now = this.#timer.elapsed();
    let looked = 0;
    for (const [userId, queue] of this.#queues) {
      looked += 1;
      if (looked > SWEPT_AT_ONCE) break;
      const isOver = queue.senders.size === 0 && now - queue.heldUntil > SHORTEST_PAUSE_MS;
      this.#queues.delete(userId);
      if (!isOver) this.#queues.set(userId, queue);
    }
  }
}
