import type { Revision } from '../chats/chat.ts';
import type { User } from '../identity/user.ts';
import type { ChatId, UserId } from '../ids.ts';
import type { Reason } from './reason.ts';

/** A member tells the owner and the moderators of a message. Each person reports a message once. */
export interface Report {
  readonly chatId: ChatId;
  readonly position: Revision;
  readonly userId: UserId;
  readonly reason: Reason;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When it was dismissed, in milliseconds since 1970; null while it waits. */
  readonly dismissedAt: number | null;
}

/** A report with the person who made it, whom only the owner and the moderators may know. */
export interface ListedReport {
  readonly report: Report;
  readonly by: User;
}
