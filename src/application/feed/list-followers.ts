import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { Typing } from '../../domain/typing/typing.ts';
import type { UserFollower } from '../ports/follower.ts';

/** A follower of a user's list of chats. */
export interface ListFollower
  extends Pick<UserFollower, 'hello' | 'chat' | 'left' | 'sound' | 'signedIn' | 'oversightChanged' | 'pictureSet'> {
  /** Another member is writing in a chat of the list. */
  typing(typing: Typing, chat: ChatSummary): void;
}

/** The followers of one user's list. Iterating gives those that have been told the list: they are told every change. */
export class ListFollowers {
  /** Followers that have yet to be told the list. */
  readonly #joining = new Set<ListFollower>();
  readonly #told = new Set<ListFollower>();

  get isEmpty(): boolean {
    return this.#told.size === 0 && this.#joining.size === 0;
  }

  admit(follower: ListFollower): void {
    this.#joining.add(follower);
  }

  /** To be called when the follower is told the list. False for one that has left meanwhile. */
  join(follower: ListFollower): boolean {
    if (!this.#joining.delete(follower)) return false;
    this.#told.add(follower);
    return true;
  }

  leave(follower: ListFollower): void {
    this.#joining.delete(follower);
    this.#told.delete(follower);
  }

  [Symbol.iterator](): IterableIterator<ListFollower> {
    return this.#told.values();
  }
}
