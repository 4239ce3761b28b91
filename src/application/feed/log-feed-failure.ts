import { DomainError } from '../../domain/errors.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Log } from '../ports/log.ts';

/** A refusal is the storage's; anything else is a bug, and nobody waits for what a feed reads by itself, to tell of it. */
export function logFeedFailure(log: Log, { chatId, err }: { readonly chatId: ChatId; readonly err: unknown }): void {
  if (err instanceof DomainError) return;
  log.error({ event: 'feed_failed', chat_id: chatId, err }, 'a chat could not be kept up to date');
}
