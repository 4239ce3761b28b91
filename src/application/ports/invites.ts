import type { Invite, InviteId } from '../../domain/chats/invite.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

export interface InvitesView {
  /** The invite, whether it still works or not, or undefined. */
  find(id: InviteId): Promise<Invite | undefined>;
  /** The last moment of `bar`, or undefined. */
  barredAt(chatId: ChatId, userId: UserId): Promise<number | undefined>;
  /** The invites to the chat, whether they still work or not, with their makers, the newest first. */
  to(chatId: ChatId): Promise<readonly { readonly invite: Invite; readonly by: User }[]>;
}

export interface Invites extends InvitesView {
  /** The id must be new; chat and user must exist. */
  add(invite: Invite): Promise<void>;
  /** Counts a use. False, without counting, when the invite is used up or gone: of concurrent uses at most `maxUses` are counted. */
  use(id: InviteId): Promise<boolean>;
  /**
   * Notes that the user registered with the invite. False, noting nothing, when the invite is unknown, has expired by `now` (ms), is used
   * up, or as many people as it may let in registered with it and still have their accounts. Concurrent registrations count one another.
   */
  admitRegistration(id: InviteId, registration: { readonly userId: UserId; readonly now: number }): Promise<boolean>;
  /** Removes the invite. An unknown id changes nothing. */
  remove(id: InviteId): Promise<void>;
  /** Removes the invites to this chat that this user made. */
  removeMadeBy(chatId: ChatId, userId: UserId): Promise<void>;
  /** Removes all invites to this chat. */
  removeAllTo(chatId: ChatId): Promise<void>;
  /** The number of invites to the chat that expire after `now` (ms) and are not used up. */
  countLive(chatId: ChatId, now: number): Promise<number>;
  /** Removes the invites that expire at or before `until` (ms), and answers how many. */
  removeExpired(until: number): Promise<number>;
  /** From now on invites to the chat that were made before this moment (ms) do not admit this user. */
  bar(chatId: ChatId, userId: UserId, at: number): Promise<void>;
  /** Takes back every `bar`. */
  unbar(chatId: ChatId, userId: UserId): Promise<void>;
}
