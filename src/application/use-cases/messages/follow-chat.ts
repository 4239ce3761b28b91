import type { Revision } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import { DomainError } from '../../../domain/errors.ts';
import { isDueToBeSeenOnSocket } from '../../../domain/identity/session.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Message } from '../../../domain/messages/message.ts';
import type { Actor } from '../../actor.ts';
import { BulkTurns } from '../../feed/bulk-turns.ts';
import type { ChatFeed } from '../../feed/chat-feed.ts';
import { ChatFeeds } from '../../feed/chat-feeds.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ChatDetails, EndReason, Follower } from '../../ports/follower.ts';
import type { Log } from '../../ports/log.ts';
import type { Measurements } from '../../ports/measurements.ts';
import type { Presence } from '../../ports/presence.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { readCredential, recordUse } from '../identity/credential-status.ts';
import { OpenSessions } from '../identity/open-sessions.ts';

export interface Following {
  /** Brings the follower up to date and live: the first `ready` comes within it. Call it once. */
  join(): Promise<void>;
  /** Goes on after this revision, once a `deliver` or `catchUp` answered false. */
  resume(after: Revision): Promise<void>;
  /** Delivers now what is held back for a moment, so that what an adapter sends by itself comes after it. */
  flush(): void;
  /** The follower's person did something, which prolongs their session. It may be called for every frame. */
  used(): void;
  /** Ends it from the follower's side; calling it again does nothing. */
  stop(): void;
}

export interface FollowedChat {
  readonly chatId: ChatId;
  readonly after: Revision | undefined;
  readonly wantsDetails: boolean;
}

/**
 * From `after` on (from now, when undefined) the follower gets every change of the chat, once and in order, until it
 * stops, its session ends or its membership ends; and the chat's details, if it wants them. Refusals reach it as `end`.
 */
export type FollowChat = (actor: Actor, chat: FollowedChat, follower: Follower) => Following;

export function makeFollowChat(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  readonly presence: Presence;
  readonly measurements: Measurements;
}): FollowChat {
  const feeds = new ChatFeeds({ ...deps, bulkTurns: new BulkTurns(deps.timer) });
  const shared = { ...deps, feeds, sessions: new OpenSessions(deps) };
  return (actor, chat, follower) => new ChatFollowing({ shared, actor, chat, follower });
}

interface Followed {
  readonly shared: {
    readonly unitOfWork: UnitOfWork;
    readonly view: StoreView;
    readonly clock: Clock;
    readonly log: Log;
    readonly presence: Presence;
    readonly measurements: Measurements;
    readonly feeds: ChatFeeds;
    readonly sessions: OpenSessions;
  };
  readonly actor: Actor;
  readonly chat: FollowedChat;
  readonly follower: Follower;
}

/**
 * Stands between the follower and what it follows, so that whoever ends it ends all of it. A class and not closures,
 * because there is one for every open socket.
 */
class ChatFollowing implements Following, Follower {
  readonly #followed: Followed;
  readonly #feed: ChatFeed;
  /** The last recorded use of the credential, as far as this follower knows. */
  #seenAt = Number.POSITIVE_INFINITY;
  #isStopped = false;

  constructor(followed: Followed) {
    const { shared, actor, chat } = followed;
    this.#followed = followed;
    this.#feed = shared.feeds.of(chat.chatId);
    if (chat.wantsDetails) this.#feed.details.watch();
    // From this moment an end of session or membership is heard; whether both stood until now is asked in `join`.
    this.#feed.admit(this, actor.user.id);
    shared.sessions.add(this, actor);
    shared.presence.connected();
    shared.measurements.followed();
  }

  async join(): Promise<void> {
    const { shared, actor, chat } = this.#followed;
    await this.#endIfRefused(async () => {
      const { user, credential } = actor;
      const status = await readCredential(shared.view, credential);
      if (!status || shared.clock.now() >= status.endsAt) return this.end('session_ended');
      if (this.#isStopped) return;
      shared.sessions.watch({ userId: user.id, credential, endsAt: status.endsAt });
      this.#seenAt = status.seenAt;
      assertAllowed(await shared.view.members.find(chat.chatId, user.id), mayRead);
      await this.#feed.join(this, chat.after);
    });
  }

  async resume(after: Revision): Promise<void> {
    await this.#endIfRefused(() => this.#feed.bringUp(this, after));
  }

  flush(): void {
    this.#feed.flush();
  }

  used(): void {
    const { unitOfWork, clock, log } = this.#followed.shared;
    const now = clock.now();
    if (!isDueToBeSeenOnSocket(this.#seenAt, now)) return;
    this.#seenAt = now;
    recordUse(unitOfWork, this.#followed.actor.credential, now).catch((err: unknown) => {
      log.error({ event: 'expiry_check_failed', err }, 'the use of a session could not be written down');
    });
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    const { shared, actor, chat } = this.#followed;
    if (chat.wantsDetails) this.#feed.details.unwatch();
    this.#feed.leave(this);
    shared.feeds.release(chat.chatId, this.#feed);
    shared.sessions.remove(this, actor);
    shared.presence.disconnected();
    shared.measurements.unfollowed();
  }

  ready(revision: Revision): void {
    this.#followed.follower.ready(revision);
  }

  deliver(messages: readonly Message[]): boolean {
    return this.#followed.follower.deliver(messages);
  }

  catchUp(messages: readonly Message[]): boolean {
    return this.#followed.follower.catchUp(messages);
  }

  reset(revision: Revision): void {
    this.#followed.follower.reset(revision);
  }

  details(details: ChatDetails): void {
    if (this.#followed.chat.wantsDetails) this.#followed.follower.details(details);
  }

  end(reason: EndReason): void {
    if (this.#isStopped) return;
    this.stop();
    this.#followed.follower.end(reason);
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
