import type { UserEvent } from '../../../domain/events.ts';
import { type Credential, isSameCredential, sessionCredential } from '../../../domain/identity/credential.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast, Unsubscribe } from '../../ports/broadcast.ts';
import type { Follower } from '../../ports/follower.ts';
import { ExpiryWatch, type ExpiryWatchDeps, type Watched } from './expiry-watch.ts';

/** When it is told to end, it calls `remove`. */
type Ending = Pick<Follower, 'end'>;

interface OpenUser {
  readonly followers: Map<Ending, Actor>;
  readonly unsubscribe: Unsubscribe;
}

/** The connections of this process by their credentials: they close when the credential is ended anywhere, or expires. */
export class OpenSessions {
  readonly #broadcast: Broadcast;
  readonly #expiryWatch: ExpiryWatch;
  readonly #users = new Map<UserId, OpenUser>();

  constructor(deps: ExpiryWatchDeps & { readonly broadcast: Broadcast }) {
    this.#broadcast = deps.broadcast;
    this.#expiryWatch = new ExpiryWatch(deps, ({ userId, credential }) => this.#end(userId, credential));
  }

  add(follower: Ending, actor: Actor): void {
    const open = this.#users.get(actor.user.id) ?? this.#listenTo(actor.user.id);
    open.followers.set(follower, actor);
  }

  /** Ends what is open with this credential when it expires. */
  watch(watched: Watched): void {
    this.#expiryWatch.watch(watched);
  }

  remove(follower: Ending, { user, credential }: Actor): void {
    const open = this.#users.get(user.id);
    if (!open) return;
    open.followers.delete(follower);
    const isOpen = open.followers.values().some((actor) => isSameCredential(actor.credential, credential));
    if (!isOpen) this.#expiryWatch.forget(credential);
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
    if (event.type === 'session_ended') {
      this.#end(userId, sessionCredential(event.sessionId));
      return;
    }
    for (const { credential } of this.#users.get(userId)?.followers.values() ?? []) this.#expiryWatch.doubt(credential);
  }

  #end(userId: UserId, ended: Credential): void {
    for (const [follower, actor] of this.#users.get(userId)?.followers ?? []) {
      if (isSameCredential(actor.credential, ended)) follower.end('session_ended');
    }
  }
}
