import type { Revision } from '../../domain/chats/chat.ts';
import { namedFor } from '../../domain/chats/direct.ts';
import { assertAllowed, mayRead } from '../../domain/chats/permissions.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { ChatChange } from '../../domain/reactions/reactions-change.ts';
import type { ChatDetails, EndReason, Follower } from '../ports/follower.ts';
import type { MembersView } from '../ports/members.ts';
import type { ChatFeed } from './chat-feed.ts';
import type { ChatFeeds } from './chat-feeds.ts';

/** What a follower of a chat can ask for. */
export interface Following {
  /** Brings the follower up to date and live: the first `ready` comes within it. Call it once. */
  join(): Promise<void>;
  /** Goes on after this revision, once a `deliver` or `catchUp` answered false. */
  resume(after: Revision): Promise<void>;
  /** Delivers now what is held back for a moment, so that what an adapter sends by itself comes after it. */
  flush(): void;
  /** Ends it from the follower's side; calling it again does nothing. */
  stop(): void;
}

export interface FollowedChat {
  readonly chatId: ChatId;
  /** From now on, when undefined. */
  readonly after: Revision | undefined;
  readonly wantsDetails: boolean;
}

/** Told when a following ends for another reason than its `stop`. It has been stopped by then. */
export interface FollowingOwner {
  /** `chat` is the one that was followed. */
  followingEnded(chat: FollowedChat, reason: EndReason): void;
}

interface Followed {
  readonly feeds: ChatFeeds;
  readonly members: MembersView;
  readonly userId: UserId;
  readonly chat: FollowedChat;
  readonly follower: Omit<Follower, 'end'>;
  readonly owner: FollowingOwner;
}

/**
 * Stands between a follower and the feed of a chat, so that whichever of them ends it ends all of it. A class and not closures,
 * because there is one for every open page.
 */
export class ChatFollowing implements Following, Follower {
  readonly #followed: Followed;
  readonly #feed: ChatFeed;
  #isStopped = false;

  /** From this moment the end of the membership is heard; whether there is one is asked in `join`. */
  constructor(followed: Followed) {
    const { feeds, chat, userId } = followed;
    this.#followed = followed;
    this.#feed = feeds.of(chat.chatId);
    if (chat.wantsDetails) this.#feed.details.watch();
    this.#feed.admit(this, userId);
  }

  async join(): Promise<void> {
    const { members, chat, userId } = this.#followed;
    await this.#endIfRefused(async () => {
      assertAllowed(await members.find(chat.chatId, userId), mayRead);
      await this.#feed.join(this, chat.after);
    });
  }

  async resume(after: Revision): Promise<void> {
    await this.#endIfRefused(() => this.#feed.bringUp(this, after));
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  flush(): void {
    this.#feed.flush();
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    const { feeds, chat } = this.#followed;
    if (chat.wantsDetails) this.#feed.details.unwatch();
    this.#feed.leave(this);
    feeds.release(chat.chatId, this.#feed);
  }

  ready(revision: Revision): void {
    this.#followed.follower.ready(revision);
  }

  deliver(changes: readonly ChatChange[]): boolean {
    return this.#followed.follower.deliver(changes);
  }

  catchUp(changes: readonly ChatChange[]): boolean {
    return this.#followed.follower.catchUp(changes);
  }

  reset(revision: Revision): void {
    this.#followed.follower.reset(revision);
  }

  details(details: ChatDetails): void {
    const { chat, follower, userId } = this.#followed;
    if (chat.wantsDetails) follower.details(namedFor(userId, details));
  }

  end(reason: EndReason): void {
    if (this.#isStopped) return;
    this.stop();
    this.#followed.owner.followingEnded(this.#followed.chat, reason);
  }

  async #endIfRefused(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.end(error.code === 'forbidden' ? 'not_a_member' : 'unavailable');
    }
  }
}
