import type { Revision } from '../../../domain/chats/chat.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { Actor } from '../../actor.ts';
import type { ChatFeeds } from '../../feed/chat-feeds.ts';
import { ChatFollowing, type FollowedChat, type Following, type FollowingOwner } from '../../feed/chat-following.ts';
import type { ConnectedFollower, EndReason } from '../../ports/follower.ts';
import { ConnectedSession, type ConnectedSessionDeps } from '../identity/connected-session.ts';

/** A chat followed over a connection of its own. */
export interface ChatConnection extends Following {
  /** The user did something, which prolongs the session. It may be called for every frame. */
  used(): void;
}

/**
 * From `after` on (from now, when undefined) the follower gets every change of the chat, once and in order, until it
 * stops, its session ends or its membership ends; and the chat's details, if it wants them. Refusals reach it as `end`.
 */
export type FollowChat = (actor: Actor, chat: FollowedChat, follower: ConnectedFollower) => ChatConnection;

export function makeFollowChat(deps: ConnectedSessionDeps & { readonly feeds: ChatFeeds }): FollowChat {
  return (actor, chat, follower) => new OneChat({ deps, actor, chat, follower });
}

interface Opened {
  readonly deps: ConnectedSessionDeps & { readonly feeds: ChatFeeds };
  readonly actor: Actor;
  readonly chat: FollowedChat;
  readonly follower: ConnectedFollower;
}

/** A class and not closures, because there is one for every open page. */
class OneChat implements ChatConnection, FollowingOwner {
  readonly #follower: ConnectedFollower;
  readonly #following: ChatFollowing;
  readonly #session: ConnectedSession;
  #isStopped = false;
  #hasBegun = false;

  constructor({ deps, actor, chat, follower }: Opened) {
    this.#follower = follower;
    const { feeds, view } = deps;
    const followed = { feeds, members: view.members, userId: actor.user.id, chat, follower, owner: this };
    this.#following = new ChatFollowing(followed);
    this.#session = new ConnectedSession(deps, actor, this);
  }

  async join(): Promise<void> {
    if (!(await this.#hasLiveSession())) return;
    await this.#following.join();
    this.#hasBegun = true;
    await this.#session.tellNames();
  }

  resume(after: Revision): Promise<void> {
    return this.#following.resume(after);
  }

  flush(): void {
    this.#following.flush();
  }

  used(): void {
    this.#session.used();
  }

  stop(): void {
    this.#isStopped = true;
    this.#following.stop();
    this.#session.close();
  }

  renamed(user: User): void {
    if (this.#hasBegun && !this.#isStopped) this.#follower.renamed(user);
  }

  end(reason: EndReason): void {
    if (this.#isStopped) return;
    this.stop();
    this.#follower.end(reason);
  }

  followingEnded(_chat: FollowedChat, reason: EndReason): void {
    this.end(reason);
  }

  /** False where it was ended, or has been meanwhile. */
  async #hasLiveSession(): Promise<boolean> {
    try {
      if (!(await this.#session.isLive())) this.end('session_ended');
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.end('unavailable');
    }
    return !this.#isStopped;
  }
}
