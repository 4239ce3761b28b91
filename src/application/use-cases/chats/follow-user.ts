import type { Revision } from '../../../domain/chats/chat.ts';
import type { ChatSummary } from '../../../domain/chats/summary.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { ChatId, SessionId, UserId } from '../../../domain/ids.ts';
import type { DeviceState } from '../../../domain/presence/lease.ts';
import type { PersonPresence } from '../../../domain/presence/person.ts';
import type { ListedChat, Reading } from '../../../domain/reading/reading.ts';
import type { Typing } from '../../../domain/typing/typing.ts';
import type { Actor } from '../../actor.ts';
import type { ChatFeeds } from '../../feed/chat-feeds.ts';
import { ChatFollowing, type FollowedChat, type Following, type FollowingOwner } from '../../feed/chat-following.ts';
import type { ListFollower } from '../../feed/list-followers.ts';
import type { LivePresence, PresenceConnection } from '../../feed/live-presence.ts';
import type { UserFeed } from '../../feed/user-feed.ts';
import type { UserFeeds } from '../../feed/user-feeds.ts';
import type { EndReason, Follower, NewSession, UserFollower } from '../../ports/follower.ts';
import { ConnectedSession, type ConnectedSessionDeps } from '../identity/connected-session.ts';

/** All that a user follows over one connection. */
export interface UserFollowing {
  /** Tells the follower the user's chats: `hello` comes within it. Call it once. */
  join(): Promise<void>;
  /**
   * Follows a chat over this connection. The end of the membership reaches `follower` by its `end`, and the user's follower by
   * `left` after that. A chat is followed once at a time: stop one following before the next.
   */
  followChat(chat: FollowedChat, follower: Follower): Following;
  /** The device says that its user is connected, which holds for 60 s. */
  renewPresence(state: DeviceState): void;
  /** Tells the follower which people of a followed chat are connected. Never rejects: nothing is told where they cannot be read. */
  tellPresence(chatId: ChatId): Promise<void>;
  /** The user did something, which prolongs the session. It may be called for every frame. */
  used(): void;
  /** Ends it from the follower's side; each followed chat is stopped by itself. Calling it again does nothing. */
  stop(): void;
}

/**
 * The follower gets the summaries of the user's chats, and each one again when it has changed, at most once a second, and is told
 * of the chats that the user joins and leaves, until it stops or its session ends. Refusals reach it as `end`.
 */
export type FollowUser = (actor: Actor, follower: UserFollower) => UserFollowing;

/** In larger chats only the connections that follow the chat are told who is writing: else a signal costs a frame for each member. */
const MAX_TOLD_MEMBERS = 250;

interface FollowUserDeps extends ConnectedSessionDeps {
  readonly feeds: ChatFeeds;
  readonly userFeeds: UserFeeds;
  readonly livePresence: LivePresence;
}

export function makeFollowUser(deps: FollowUserDeps): FollowUser {
  return (actor, follower) => new UserConnection(deps, actor, follower);
}

/** The list of the user's chats, and the chats that are followed, over one connection. */
class UserConnection implements UserFollowing, ListFollower, FollowingOwner, PresenceConnection {
  readonly #deps: FollowUserDeps;
  readonly #actor: Actor;
  readonly #follower: UserFollower;
  readonly #feed: UserFeed;
  readonly #session: ConnectedSession;
  readonly #followed = new Map<ChatId, { readonly following: ChatFollowing; readonly follower: Follower }>();
  readonly pictureSet: ListFollower['pictureSet'] = (set) => this.#follower.pictureSet(set);
  #isStopped = false;
  #hasBegun = false;

  constructor(deps: FollowUserDeps, actor: Actor, follower: UserFollower) {
    this.#deps = deps;
    this.#actor = actor;
    this.#follower = follower;
    this.#feed = deps.userFeeds.of(actor.user.id);
    this.#feed.admit(this);
    deps.livePresence.connect(this);
    this.#session = new ConnectedSession(deps, actor, this);
  }

  get sessionId(): SessionId {
    return this.#actor.credential.id;
  }

  async join(): Promise<void> {
    try {
      const isLive = await this.#session.isLive();
      if (this.#isStopped) return;
      if (!isLive) return this.end('session_ended');
      await this.#feed.join(this);
      await this.#session.tellNames();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.end('unavailable');
    }
  }

  followChat(chat: FollowedChat, follower: Follower): Following {
    const { feeds, view } = this.#deps;
    const { id: userId } = this.#actor.user;
    const following = new ChatFollowing({ feeds, members: view.members, userId, chat, follower, owner: this });
    this.#followed.set(chat.chatId, { following, follower });
    return following;
  }

  get userId(): UserId {
    return this.#actor.user.id;
  }

  renewPresence(state: DeviceState): void {
    this.#deps.livePresence.renew(this, this.#actor.user, state);
  }

  async tellPresence(chatId: ChatId): Promise<void> {
    if (!this.#followed.has(chatId)) return;
    const others = await this.#deps.livePresence.othersIn(chatId, this.userId);
    if (this.#followed.has(chatId)) for (const person of others) this.presence(person);
  }

  used(): void {
    this.#session.used();
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#feed.leave(this);
    this.#deps.userFeeds.release(this.#feed);
    this.#deps.livePresence.disconnect(this);
    this.#session.close();
  }

  end(reason: EndReason): void {
    if (this.#isStopped) return;
    this.stop();
    this.#follower.end(reason);
  }

  hello(chats: readonly ListedChat[]): void {
    this.#follower.hello(chats);
    this.#hasBegun = true;
    // Of other chats the follower is told who is connected once it follows them.
    const people = new Map(chats.flatMap(({ people = [] }) => people.map((person) => [person.id, person])));
    for (const user of people.values()) this.#tellIfConnected(user);
  }

  #tellIfConnected(user: User): void {
    const availability = this.#deps.livePresence.availabilityOf(user.id);
    if (user.id !== this.userId && availability.state !== 'offline') this.presence({ user, availability });
  }

  presence(person: PersonPresence): void {
    if (this.#hasBegun) this.#follower.presence(person);
  }

  renamed(user: User): void {
    if (this.#hasBegun && !this.#isStopped) this.#follower.renamed(user);
  }

  typing(typing: Typing, { members }: ChatSummary): void {
    if (members <= MAX_TOLD_MEMBERS || this.#followed.has(typing.chatId)) this.#follower.typing(typing);
  }

  sound(chatId: ChatId, position: Revision): void {
    this.#follower.sound(chatId, position);
  }

  oversightChanged(chatId: ChatId): void {
    this.#follower.oversightChanged(chatId);
  }

  /** The session itself is told nothing of it. */
  signedIn(session: NewSession): void {
    if (session.sessionId !== this.sessionId) this.#follower.signedIn(session);
  }

  chat(summary: ChatSummary, reading: Reading): void {
    this.#follower.chat(summary, reading);
  }

  /** The user's feed and the chat's hear of the end by themselves, in any order: whichever is first ends both, once. */
  left(chatId: ChatId): void {
    const followed = this.#followed.get(chatId);
    this.#followed.delete(chatId);
    if (followed && !followed.following.isStopped) {
      followed.following.stop();
      followed.follower.end('not_a_member');
    }
    this.#follower.left(chatId);
  }

  followingEnded({ chatId }: FollowedChat, reason: EndReason): void {
    const followed = this.#followed.get(chatId);
    this.#followed.delete(chatId);
    followed?.follower.end(reason);
    if (reason === 'not_a_member' && !this.#isStopped) this.#feed.lost(chatId, this);
  }
}
