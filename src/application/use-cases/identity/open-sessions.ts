import type { UserEvent } from '../../../domain/events.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast, Unsubscribe } from '../../ports/broadcast.ts';
import type { Follower } from '../../ports/follower.ts';

/** Told to end, it lets go of everything, and of its place here by `remove`. */
type Ending = Pick<Follower, 'end'>;

interface OpenUser {
  readonly followers: Map<Ending, Actor>;
  readonly unsubscribe: Unsubscribe;
}

/** What is open in this process under which session, so that it closes when the session ends anywhere. */
export class OpenSessions {
  readonly #broadcast: Broadcast;
  readonly #users = new Map<UserId, OpenUser>();

  constructor({ broadcast }: { readonly broadcast: Broadcast }) {
    this.#broadcast = broadcast;
  }

  add(follower: Ending, actor: Actor): void {
    const open = this.#users.get(actor.user.id) ?? this.#listenTo(actor.user.id);
    open.followers.set(follower, actor);
  }

  remove(follower: Ending, { user }: Actor): void {
    const open = this.#users.get(user.id);
    if (!open) return;
    open.followers.delete(follower);
    if (open.followers.size > 0) return;
    open.unsubscribe();
    this.#users.delete(user.id);
  }

  #listenTo(userId: UserId): OpenUser {
    const unsubscribe = this.#broadcast.subscribeToUser(userId, (event) => this.#hear(event));
    const open = { followers: new Map<Ending, Actor>(), unsubscribe };
    this.#users.set(userId, open);
    return open;
  }

  #hear({ userId, sessionId }: UserEvent): void {
    for (const [follower, actor] of this.#users.get(userId)?.followers ?? []) {
      if (actor.sessionId === sessionId) follower.end('session_ended');
    }
  }
}
