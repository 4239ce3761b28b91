import type { ChatId, UserId } from '../../domain/ids.ts';
import type { ListedReport, Report } from '../../domain/moderation/report.ts';
import type { MessagePlace } from './messages.ts';

export interface ReportsView {
  /** The oldest `limit` reports of the chat that wait, of messages that are not deleted, the oldest first. */
  waiting(chatId: ChatId, limit: number): Promise<readonly ListedReport[]>;
  /** All reports of a message, the oldest first. */
  ofMessage(place: MessagePlace): Promise<readonly Report[]>;
}

export interface Reports extends ReportsView {
  /** Stores a report. False when the person has reported the message before: nothing changes then. Message and person must exist. */
  add(report: Report): Promise<boolean>;
  /** Sets when the report of this person was dismissed, or that it waits again. An unknown one changes nothing. */
  setDismissed(place: MessagePlace, userId: UserId, at: number | null): Promise<void>;
}
