import type { ChatId } from '../../../domain/ids.ts';
import { UNDOABLE_FOR_MS } from '../../../domain/moderation/act.ts';
import type { Store } from '../../ports/store.ts';

/** Sets the retention, and begins to carry it out once that can no longer be undone. A job of an earlier setting does nothing any more. */
export async function beginRetention({ chats, jobs }: Store, chatId: ChatId, days: number): Promise<void> {
  const version = await chats.setRetention(chatId, days);
  if (days > 0) await jobs.add({ kind: 'apply_retention', chatId, version }, { delayMs: UNDOABLE_FOR_MS });
}
