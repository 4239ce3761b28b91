import type { Generated } from 'kysely';
import type { LocalTime } from '../../domain/attention/quiet-hours.ts';
import type { Zone } from '../../domain/attention/zone.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { InviteId } from '../../domain/chats/invite.ts';
import type { Role } from '../../domain/chats/membership.ts';
import type { Username, UsernameKey } from '../../domain/identity/username.ts';
import type { ChatId, SessionId, UserId } from '../../domain/ids.ts';
import type { Epoch, InstallationId } from '../../domain/installation.ts';
import type { ClientId } from '../../domain/messages/client-id.ts';
import type { MessageKind } from '../../domain/messages/message.ts';
import type { MessageBody } from '../../domain/messages/message-body.ts';
import type { Emoji } from '../../domain/reactions/tally.ts';
import type { Level } from '../../domain/reading/level.ts';
import type { AdministrationSchema } from './administration-schema.ts';
import type { CardSchema } from './card-schema.ts';
import type { ChatSchema } from './chat-schema.ts';
import type { DirectSchema } from './direct-schema.ts';
import type { ErasureSchema } from './erasure-schema.ts';
import type { FileSchema } from './file-schema.ts';
import type { InviteSchema } from './invite-schema.ts';
import type { JobsSchema } from './jobs-schema.ts';
import type { ModerationSchema } from './moderation-schema.ts';
import type { PastSchema } from './past-schema.ts';
import type { PictureSchema } from './picture-schema.ts';
import type { PushSchema } from './push-schema.ts';
import type { SearchSchema } from './search-schema.ts';
import type { SignInSchema } from './sign-in-schema.ts';

/**
 * The tables, with columns of the domain's types: only values from their constructors are stored, except for the texts of the
 * original app's messages, which are kept as they were. Times are integer milliseconds. All SQL databases share this schema.
 */
export interface Schema
  extends AdministrationSchema,
    CardSchema,
    ChatSchema,
    DirectSchema,
    FileSchema,
    InviteSchema,
    ErasureSchema,
    JobsSchema,
    ModerationSchema,
    PastSchema,
    PictureSchema,
    PushSchema,
    SearchSchema,
    SignInSchema {
  /** Has one row, which the first start adds. */
  readonly installation: {
    readonly id: InstallationId;
    readonly epoch: Epoch;
    /** The number of the last rename of a user. */
    readonly renames: Generated<number>;
  };
  readonly users: {
    readonly id: Generated<UserId>;
    readonly username: Username;
    readonly username_key: UsernameKey;
    /** Empty once the account was removed. The row stays: to delete it, the database would check the author of every message. */
    readonly password_hash: string;
    readonly created_at: number;
    /** Null when the account is settled. */
    readonly undoable_until: number | null;
    readonly away_until: Generated<number | null>;
    /** The number of the user's last rename; null where there was none. */
    readonly rename_number: Generated<number | null>;
    readonly renamed_at: Generated<number | null>;
    /** Null for everybody but administrators. */
    readonly administrator_since: Generated<number | null>;
    /** Null while the account is active. */
    readonly deactivated_at: Generated<number | null>;
    /** The invite that let the person register, where one was needed; it may be gone. */
    readonly invited_by: Generated<InviteId | null>;
  };
  /** Former names of users, which nobody else gets. */
  readonly resting_names: {
    readonly username_key: UsernameKey;
    readonly user_id: UserId;
    readonly rests_until: number;
  };
  readonly sessions: {
    readonly id: SessionId;
    readonly user_id: UserId;
    readonly created_at: number;
    readonly seen_at: number;
    readonly device: Generated<string>;
    readonly address: Generated<string>;
    readonly confirmed_at: Generated<number | null>;
  };
  readonly members: {
    readonly chat_id: ChatId;
    readonly user_id: UserId;
    readonly role: Role;
    readonly joined_at: number;
  };
  /** How far each member has read. */
  readonly read_pointers: {
    readonly chat_id: ChatId;
    readonly user_id: UserId;
    readonly position: Revision;
    readonly version: number;
  };
  /** The levels, mutes and pinned chats that members set. */
  readonly levels: {
    readonly chat_id: ChatId;
    readonly user_id: UserId;
    /** Null for the usual level. */
    readonly level: Level | null;
    readonly muted_until: number | null;
    /** 1 for a chat at the top of the member's list, else 0. */
    readonly pinned: Generated<number>;
  };
  /** What people set for all their chats. */
  readonly notification_settings: {
    readonly user_id: UserId;
    /** Null, as the other three, without quiet hours. */
    readonly quiet_zone: Zone | null;
    /** The days with commas between them. */
    readonly quiet_days: string | null;
    readonly quiet_from: LocalTime | null;
    readonly quiet_to: LocalTime | null;
    /** One in each line. */
    readonly keywords: string;
    /** 1 for on. */
    readonly sound: number;
  };
  readonly messages: {
    readonly chat_id: ChatId;
    readonly position: Revision;
    readonly author_id: UserId;
    readonly client_id: ClientId | null;
    readonly kind: MessageKind;
    /** Empty where the message was deleted. */
    readonly text: MessageBody;
    readonly sent_at: number;
    /** The revision of the last change; null while that is the post. */
    readonly changed_at: Revision | null;
    /** The revision at which the text was written; null while that is the position. */
    readonly text_revision: Revision | null;
    readonly edited_at: number | null;
    readonly deleted_by: UserId | null;
    readonly deleted_at: number | null;
    /** 1 for a tombstone that no log shows. */
    readonly hidden: number | null;
    readonly pinned_by: UserId | null;
    readonly pinned_at: number | null;
    /** The position of the message that this one answers. A tombstone keeps it. */
    readonly reply_to: Revision | null;
    /** What is shown of its files, as JSON; null for none. A tombstone keeps it until it is erased. */
    readonly files: string | null;
    /** Of the page that it links to, as JSON; null for none. A tombstone keeps it until it is erased. */
    readonly card: string | null;
  };
  /** The earlier texts of messages. */
  readonly message_versions: {
    readonly chat_id: ChatId;
    readonly position: Revision;
    /** The revision at which the text was written. */
    readonly revision: Revision;
    readonly text: MessageBody;
    readonly written_at: number;
  };
  readonly reactions: {
    readonly chat_id: ChatId;
    readonly position: Revision;
    readonly emoji: Emoji;
    readonly user_id: UserId;
    /** The chat's revision at which the reaction came. */
    readonly revision: Revision;
  };
  /** The people whom messages mention. */
  readonly mentions: {
    readonly chat_id: ChatId;
    readonly position: Revision;
    /** The order of a message's mentions. */
    readonly place: number;
    readonly user_id: UserId;
    /** As it was written. */
    readonly name: string;
  };
}
