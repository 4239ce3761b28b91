import type { Revision } from '../../domain/chats/chat.ts';
import { type ChatSummary, presentSummary } from '../../domain/chats/summary.ts';
import type { UserEvent } from '../../domain/events.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { ListedChat, Reading } from '../../domain/reading/reading.ts';
import type { Typing } from '../../domain/typing/typing.ts';
import type { Unsubscribe } from '../ports/broadcast.ts';
import { CatchingUp } from './catching-up.ts';
import type { NamingFeedDeps } from './feed-deps.ts';
import { type ListFollower, ListFollowers } from './list-followers.ts';
import type { LiveSummaries } from './live-summaries.ts';
import { logFeedFailure } from './log-feed-failure.ts';
import { RetryLater } from './retry-later.ts';
import { SettingsCache } from './settings-cache.ts';
import type { SummaryWatcher } from './summary-watchers.ts';
import { UserChats } from './user-chats.ts';

/**
 * One user's followers in this process, and the user's chats. The store says what these are; an event only says that the list is to be
 * read again, so that it may be lost. The end of a membership alone takes effect before that.
 */
export class UserFeed implements SummaryWatcher {
  readonly userId: UserId;
  readonly settings = new SettingsCache();
  readonly #unsubscribe: Unsubscribe;
  readonly #deps: NamingFeedDeps;
  readonly #chats: UserChats;
  readonly #followers = new ListFollowers();
  readonly #retry: RetryLater;
  readonly #reading = new CatchingUp(() => this.#readList());
  /** As it was read last, in its order. */
  #list: readonly ListedChat[] = [];
  #isClosed = false;

  constructor(userId: UserId, deps: NamingFeedDeps, summaries: LiveSummaries) {
    this.userId = userId;
    this.#deps = deps;
    this.#chats = new UserChats(this, summaries);
    this.#retry = new RetryLater(deps.timer, () => {
      if (!this.#isClosed) this.#readAgain();
    });
    this.#unsubscribe = deps.broadcast.subscribeToUser(userId, (event) => this.hear(event));
  }

  get isEmpty(): boolean {
    return this.#followers.isEmpty;
  }

  admit(follower: ListFollower): void {
    this.#followers.admit(follower);
  }

  /**
   * Tells an admitted follower the list, read from the store, and every change from then on.
   * @throws DomainError `unavailable`
   */
  async join(follower: ListFollower): Promise<void> {
    this.#reading.hearMore();
    await this.#reading.run();
    if (!this.#followers.join(follower)) return;
    // What was left since the list was read is not in it any more.
    const list = this.#list.filter(({ id }) => this.#chats.get(id)).map((read) => this.#chats.newest(read));
    follower.hello(list.filter(({ isArchived }) => !isArchived));
  }

  leave(follower: ListFollower): void {
    this.#followers.leave(follower);
  }

  /** A follower's following of the chat has ended, because the user is no longer a member. */
  lost(chatId: ChatId, follower: ListFollower): void {
    if (this.#chats.get(chatId)) this.lostChat(chatId);
    else follower.left(chatId);
  }

  close(): void {
    this.#isClosed = true;
    this.#unsubscribe();
    for (const chatId of this.#chats.ids()) this.#chats.unwatch(chatId);
  }

  summaryChanged(summary: ChatSummary, reading: Reading): void {
    const seen = this.#chats.seen(summary);
    for (const follower of this.#followers) follower.chat(seen, reading);
  }

  chatRenamed(): void {
    this.#chats.rename();
  }

  /** Decides whose typing the user is told of. */
  typing(typing: Typing, summary: ChatSummary): void {
    if (!typing.hiddenFrom?.includes(this.userId)) for (const one of this.#followers) one.typing(typing, summary);
  }

  sound(chatId: ChatId, position: Revision): void {
    for (const follower of this.#followers) follower.sound(chatId, position);
  }

  oversightChanged(chatId: ChatId): void {
    for (const follower of this.#followers) follower.oversightChanged(chatId);
  }

  lostChat(chatId: ChatId): void {
    this.#tellLeft(chatId);
    // A list that is being read may be from before; and the event may be late, and the user a member again.
    this.#readAgain();
  }

  hear(event: UserEvent): void {
    switch (event.type) {
      case 'chat_left':
        this.lostChat(event.chatId);
        return;
      case 'chat_joined':
        this.#readAgain();
        return;
      case 'notifications_set':
      case 'events_missed':
        this.settings.changed();
        if (event.type === 'events_missed') this.#lookForMissed();
        return;
      case 'pointer_moved':
      case 'level_set':
      case 'chat_pinned':
      case 'role_set':
        this.#reading.hearMore();
        this.#chats.get(event.chatId)?.stateChanged(this);
        return;
      case 'signed_in':
        for (const follower of this.#followers) follower.signedIn(event);
        return;
      case 'picture_set':
        for (const follower of this.#followers) follower.pictureSet(event);
        return;
      case 'session_ended':
        return;
      default:
        event satisfies never;
    }
  }

  /** Costs a look at where the user's chats stand: with several instances, every connected user is looked at every few seconds. */
  #lookForMissed(): void {
    const { chats, reading } = this.#deps.view;
    Promise.all([chats.ofUser(this.userId), reading.statesOf(this.userId)]).then(
      ([chats, states]) => {
        if (this.#isClosed) return;
        const isSameList = chats.length === this.#chats.size && chats.every(({ id }) => this.#chats.get(id));
        if (!isSameList) return this.#readAgain();
        for (const chat of chats) this.#chats.get(chat.id)?.heardOf(chat);
        for (const [id, state] of states) this.#chats.get(id)?.stateIs(this, state);
      },
      (err: unknown) => this.#failed(err),
    );
  }

  #readAgain(): void {
    this.#reading.hearMore();
    this.#reading.run().catch((err: unknown) => this.#failed(err));
  }

  #failed(err: unknown): void {
    logFeedFailure(this.#deps.log, { userId: this.userId, err });
    this.#retry.failed();
  }

  /** Answers whether it has to be read again: because something was heard meanwhile, or because it was not listened to before. */
  async #readList(): Promise<boolean> {
    const { chats, members } = this.#deps.view;
    const read = await this.#chats.tellApart(members, await chats.summariesOfUser(this.userId));
    const list = read.map((chat) => presentSummary(chat, this.#deps.names.of));
    if (this.#isClosed || this.#reading.hasHeardMore) return false;
    const listed = new Set(list.map(({ id }) => id));
    for (const chatId of this.#chats.ids()) if (!listed.has(chatId)) this.#tellLeft(chatId);
    this.#chats.rename(list);
    let isMore = false;
    for (const read of list) if (this.#take(read)) isMore = true;
    this.#list = list;
    return isMore;
  }

  /** True where what came after the read was not listened to until now. */
  #take(read: ListedChat): boolean {
    const known = this.#chats.get(read.id);
    if (known) {
      known.heardOf(read);
      known.stateIs(this, read.reading);
      return false;
    }
    const { isNew } = this.#chats.watch(read);
    const { reading, ...newest } = this.#chats.newest(read);
    this.summaryChanged(newest, reading);
    return isNew;
  }

  #tellLeft(chatId: ChatId): void {
    if (this.#chats.unwatch(chatId)) for (const follower of this.#followers) follower.left(chatId);
  }
}
