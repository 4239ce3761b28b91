import type { AnnouncementReason } from '../../../domain/push/announcement.ts';
import type { WireNotifications } from '../../wire/notifications.ts';
import type { WireRehearsal } from '../../wire/rehearsal.ts';
import type { AnyPage, PageUser } from './any-page.ts';

/** What the user set for all their chats. */
export interface NotificationsPage extends AnyPage {
  readonly user: PageUser;
  /** The public key of the installation, base64url. */
  readonly pushKey: string;
  /** As they are, or as a form that was refused had them. */
  readonly settings: WireNotifications;
  readonly problem?: string | undefined;
  /** What they would have announced, where that was asked. */
  readonly rehearsal?: WireRehearsal | undefined;
  /** Whether they were saved just now. */
  readonly isSaved?: boolean | undefined;
}

/** Why a message was announced on the user's devices, or was not. */
export interface NotifiedPage extends AnyPage {
  readonly user: PageUser;
  readonly place: { readonly chatId: number; readonly position: number };
  readonly devices: readonly {
    /** Null in the one entry of a user without devices. */
    readonly device: number | null;
    /** Whether it is the browser that asks. */
    readonly here: boolean;
    readonly reason: AnnouncementReason;
  }[];
}
