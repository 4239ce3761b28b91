import type { Actor } from '../../application/actor.ts';
import type { Timer } from '../../application/ports/timer.ts';
import type { UseCases } from '../../application/use-cases.ts';
import type { UserId } from '../../domain/ids.ts';

export interface Writer {
  /** One write was taken for it: it begins one frame. */
  proceed(): void;
}

export type Turn = 'begin' | 'wait' | 'flood';

/** The sockets of one person that want more than the budget has. */
interface Line {
  /** Each is served in its turn, one frame at a time. */
  readonly writers: Set<Writer>;
  heldSince: number;
  heldUntil: number;
  isWaking: boolean;
}

/** A person who wants more than there is for so long, without a pause, floods. */
const PATIENCE_MS = 60_000;
/** What is no pause yet: timers come late, and it takes a moment to read on or to connect again. */
const SHORTEST_PAUSE_MS = 2_000;
/** Lines looked at when one is added, to drop those that are over. */
const SWEPT_AT_ONCE = 4;

/**
 * Paces what people write on their sockets by their budgets: as much at once as the budget has, then evenly, one socket of a
 * person after another. A line belongs to the person and outlasts the sockets, so that connecting again is no way around it.
 */
export class WriteTurns {
  readonly #takeWrite: UseCases['paced']['takeWrite'];
  readonly #timer: Timer;
  readonly #lines = new Map<UserId, Line>();

  constructor(deps: { readonly takeWrite: UseCases['paced']['takeWrite']; readonly timer: Timer }) {
    this.#takeWrite = deps.takeWrite;
    this.#timer = deps.timer;
  }

  /** `begin`: one was taken. `wait`: the writer is told to proceed in its turn. `flood`: it is to be closed. */
  enter(actor: Actor, writer: Writer): Turn {
    const known = this.#lines.get(actor.user.id);
    const isAlone = !known || known.writers.size === 0;
    const wait = isAlone ? this.#takeWrite(actor) : 0;
    if (isAlone && wait === 0) return 'begin';
    const line = known ?? this.#open(actor.user.id);
    const now = this.#timer.elapsed();
    if (now - line.heldUntil > SHORTEST_PAUSE_MS) line.heldSince = now;
    line.heldUntil = Math.max(line.heldUntil, now + wait);
    if (now - line.heldSince > PATIENCE_MS) return 'flood';
    line.writers.add(writer);
    if (!line.isWaking) this.#wakeIn(wait, actor, line);
    return 'wait';
  }

  leave({ user }: Actor, writer: Writer): void {
    this.#lines.get(user.id)?.writers.delete(writer);
  }

  #open(userId: UserId): Line {
    this.#sweep();
    const line = { writers: new Set<Writer>(), heldSince: 0, heldUntil: Number.NEGATIVE_INFINITY, isWaking: false };
    this.#lines.set(userId, line);
    return line;
  }

  /** One timer for a line, and none while nobody waits. */
  #wakeIn(ms: number, actor: Actor, line: Line): void {
    line.isWaking = true;
    this.#timer.after(ms, () => this.#serve(actor, line));
  }

  #serve(actor: Actor, line: Line): void {
    for (let [next] = line.writers; next; [next] = line.writers) {
      const wait = this.#takeWrite(actor);
      if (wait > 0) {
        line.heldUntil = this.#timer.elapsed() + wait;
        this.#wakeIn(wait, actor, line);
        return;
      }
      line.writers.delete(next);
      next.proceed();
    }
    line.isWaking = false;
  }

  #sweep(): void {
    const now = this.#timer.elapsed();
    let looked = 0;
    for (const [userId, line] of this.#lines) {
      looked += 1;
      if (looked > SWEPT_AT_ONCE) break;
      const isOver = line.writers.size === 0 && now - line.heldUntil > SHORTEST_PAUSE_MS;
      this.#lines.delete(userId);
      if (!isOver) this.#lines.set(userId, line);
    }
  }
}
