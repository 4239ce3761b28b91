import type { Generated } from 'kysely';
import type { InvitedRole, InviteId } from '../../domain/chats/invite.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

/** The tables by which people get into chats. */
export interface InviteSchema {
  readonly invites: {
    readonly id: InviteId;
    readonly chat_id: ChatId;
    readonly created_by: UserId;
    /** 0 for those of the original app. */
    readonly created_at: Generated<number>;
    readonly expires_at: number;
    /** Null for any number. */
    readonly max_uses: number | null;
    readonly uses: Generated<number>;
    readonly note: Generated<string>;
    readonly role: Generated<InvitedRole>;
  };
  /** People who were removed from a chat: older invites do not admit them. */
  readonly barred_members: {
    readonly chat_id: ChatId;
    readonly user_id: UserId;
    readonly barred_at: number;
  };
}
