import { DomainError } from '../../domain/errors.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Log } from '../ports/log.ts';

/** Logs a bug in what a feed reads on its own, which has no caller that could report it. Refusals come from the storage and are not logged. */
export function logFeedFailure(log: Log, { chatId, userId, err }: FeedFailure): void {
  if (err instanceof DomainError) return;
  const followed = chatId === undefined ? { user_id: userId } : { chat_id: chatId };
  log.error({ event: 'feed_failed', ...followed, err }, 'followers could not be kept up to date');
}

interface FeedFailure {
  /** The chat that could not be read, or the user whose chats could not. */
  readonly chatId?: ChatId;
  readonly userId?: UserId;
  readonly err: unknown;
}
