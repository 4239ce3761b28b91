import type { UserId } from '../../domain/ids.ts';
import type { ChatChange } from '../../domain/reactions/reactions-change.ts';
import type { ChatDetails, EndReason, Follower } from '../ports/follower.ts';

/** The followers of a chat: joining ones, which are being brought up to date, and live ones, which are all at the same revision. */
export class Audience {
  readonly #joining = new Map<Follower, UserId>();
  readonly #live = new Map<Follower, UserId>();

  get isEmpty(): boolean {
    return this.#joining.size === 0 && this.#live.size === 0;
  }

  /** The user of each follower: a user with two followers comes twice. */
  *userIds(): Iterable<UserId> {
    yield* this.#joining.values();
    yield* this.#live.values();
  }

  get liveCount(): number {
    return this.#live.size;
  }

  admit(follower: Follower, userId: UserId): void {
    this.#joining.set(follower, userId);
  }

  isJoining(follower: Follower): boolean {
    return this.#joining.has(follower);
  }

  /** Does nothing for a follower that has left meanwhile. */
  goLive(follower: Follower): void {
    const userId = this.#joining.get(follower);
    if (userId === undefined) return;
    this.#joining.delete(follower);
    this.#live.set(follower, userId);
  }

  leave(follower: Follower): void {
    this.#joining.delete(follower);
    this.#live.delete(follower);
  }

  /** Delivers to the live followers. One that takes no more is joining again. */
  deliver(changes: readonly ChatChange[]): void {
    for (const [follower, userId] of this.#live) {
      if (follower.deliver(changes)) continue;
      this.#live.delete(follower);
      this.#joining.set(follower, userId);
    }
  }

  /** Tells the live followers. The others are told once they are live. */
  tell(details: ChatDetails): void {
    for (const follower of this.#live.keys()) follower.details(details);
  }

  endMembership(ended: UserId): void {
    this.#end('not_a_member', (userId) => userId === ended);
  }

  endAll(reason: EndReason): void {
    this.#end(reason, () => true);
  }

  #end(reason: EndReason, isMeant: (userId: UserId) => boolean): void {
    for (const followers of [this.#joining, this.#live]) {
      for (const [follower, userId] of followers) {
        if (!isMeant(userId)) continue;
        this.leave(follower);
        follower.end(reason);
      }
    }
  }
}
