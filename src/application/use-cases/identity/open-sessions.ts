import type { SessionEnded, UserEvent } from '../../../domain/events.ts';
import type { Session } from '../../../domain/identity/session.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast, Unsubscribe } from '../../ports/broadcast.ts';
import type { Follower } from '../../ports/follower.ts';
import { ExpiryWatch, type ExpiryWatchDeps } from './expiry-watch.ts';

/** Told to end, it lets go of everything, and of its place here by `remove`. */
type Ending = Pick<Follower, 'end'>;

interface OpenUser {
  readonly followers: Map<Ending, Actor>;
  readonly unsubscribe: Unsubscribe;
}

/** What is open in this process under which session, so that it closes when the session ends anywhere, or expires. */
export class OpenSessions {
  readonly #broadcast: Broadcast;
  readonly #expiryWatch: ExpiryWatch;
  readonly #users = new Map<UserId, OpenUser>();

  constructor(deps: ExpiryWatchDeps & { readonly broadcast: Broadcast }) {
    this.#broadcast = deps.broadcast;
    this.#expiryWatch = new ExpiryWatch(deps, (expired) => this.#end(expired));
  }

  add(follower: Ending, actor: Actor): void {
    const open = this.#users.get(actor.user.id) ?? this.#listenTo(actor.user.id);
    open.followers.set(follower, actor);
  }

  /** From now on its expiry ends what is open under it. */
  watch(session: Session): void {
    this.#expiryWatch.watch(session);
  }

  remove(follower: Ending, { user, sessionId }: Actor): void {
    const open = this.#users.get(user.id);
    if (!open) return;
    open.followers.delete(follower);
    const isOpen = open.followers.values().some((actor) => actor.sessionId === sessionId);
    if (!isOpen) this.#expiryWatch.forget(sessionId);
    if (open.followers.size > 0) return;
    open.unsubscribe();
    this.#users.delete(user.id);
  }

  #listenTo(userId: UserId): OpenUser {
    const unsubscribe = this.#broadcast.subscribeToUser(userId, (event) => this.#hear(userId, event));
    const open = { followers: new Map<Ending, Actor>(), unsubscribe };
    this.#users.set(userId, open);
    return open;
  }

  #hear(userId: UserId, event: UserEvent): void {
    if (event.type === 'session_ended') this.#end(event);
    else
      for (const { sessionId } of this.#users.get(userId)?.followers.values() ?? []) this.#expiryWatch.doubt(sessionId);
  }

  #end({ userId, sessionId }: Omit<SessionEnded, 'type'>): void {
    for (const [follower, actor] of this.#users.get(userId)?.followers ?? []) {
      if (actor.sessionId === sessionId) follower.end('session_ended');
    }
  }
}
