import type { Generated } from 'kysely';
import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { ActId } from '../../domain/moderation/act.ts';
import type { Reason } from '../../domain/moderation/reason.ts';

/** The tables by which owners and moderators keep order in a chat. */
export interface ModerationSchema {
  /** People who must not be in a chat. */
  readonly bans: {
    readonly chat_id: ChatId;
    readonly user_id: UserId;
    readonly banned_by: UserId;
    readonly banned_at: number;
    /** Null for a ban without end. */
    readonly banned_until: number | null;
    readonly reason: Reason;
  };
  /** When members posted last in a slow chat. */
  readonly slow_posts: {
    readonly chat_id: ChatId;
    readonly user_id: UserId;
    readonly posted_at: number;
  };
  readonly reports: {
    readonly chat_id: ChatId;
    readonly position: Revision;
    readonly user_id: UserId;
    readonly reason: Reason;
    readonly reported_at: number;
    /** Null while the report waits for the owner or a moderator. */
    readonly dismissed_at: number | null;
  };
  /** What was done, which is never changed: triggers refuse that. */
  readonly acts: {
    readonly id: Generated<ActId>;
    readonly chat_id: ChatId;
    /** A newer release may have stored kinds that this one does not know. */
    readonly kind: string;
    readonly actor_id: UserId;
    readonly target_id: UserId | null;
    readonly reason: Reason;
    readonly revision: Revision;
    readonly done_at: number;
    /** What the act changed, as JSON. It has no words of messages. */
    readonly changes: string;
    readonly undoes: ActId | null;
  };
}
