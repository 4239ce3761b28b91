import type { Generated } from 'kysely';
import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId, SessionId, UserId } from '../../domain/ids.ts';
import type { AnnouncementReason } from '../../domain/push/announcement.ts';
import type { PushDeviceId } from '../../domain/push/device.ts';

/** The tables of push messages. */
export interface PushSchema {
  /** Has one row, which the first start adds. */
  readonly push_keys: {
    readonly id: number;
    readonly public_key: string;
    readonly private_key: string;
  };
  /** Browsers that receive push messages. A session has at most one. */
  readonly push_devices: {
    readonly id: Generated<PushDeviceId>;
    readonly user_id: UserId;
    readonly session_id: SessionId;
    readonly endpoint: string;
    readonly public_key: string;
    readonly auth: string;
    readonly origin: string;
    readonly created_at: number;
  };
  /** Why messages were announced on devices, or were not. The devices may be gone. */
  readonly announcements: {
    readonly chat_id: ChatId;
    readonly position: Revision;
    readonly device_id: PushDeviceId;
    readonly user_id: UserId;
    readonly reason: AnnouncementReason;
    /** When it was decided last. */
    readonly decided_at: number;
    /** 1 where the message was announced whatever the keywords were; null where an earlier release decided. */
    readonly is_called: number | null;
    /** The revision of the text that was decided about. */
    readonly text_revision: Revision | null;
  };
}
