import type { MemberAttention, NotificationSettings } from '../../domain/attention/settings.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

export interface AttentionView {
  /** What the user set for all their chats, or else the usual settings. */
  settingsOf(userId: UserId): Promise<NotificationSettings>;
  /** What these users set that decides of which messages of the chat they are notified. Users who are not members are left out. */
  ofMembers(chatId: ChatId, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, MemberAttention>>;
}

export interface Attention extends AttentionView {
  /** Stores the settings in place of earlier ones. The user must exist. */
  setSettings(userId: UserId, settings: NotificationSettings): Promise<void>;
}
