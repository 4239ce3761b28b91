import { RESTORABLE_FOR_MS, tombstone, versionOf } from '../../../domain/messages/changes.ts';
import type { TextMessage, Tombstone } from '../../../domain/messages/message.ts';
import { UNDOABLE_FOR_MS } from '../../../domain/moderation/act.ts';
import type { Deletion } from '../../../domain/moderation/changes.ts';
import type { Store } from '../../ports/store.ts';

/**
 * Puts a tombstone in the place of the message. Its text is kept as a version until the deletion can no longer be undone, and devices on
 * which it was announced are told.
 */
export async function buryMessage(store: Store, message: TextMessage, { by, at }: Deletion): Promise<Tombstone> {
  const { chatId, position } = message;
  const deleted = tombstone(message, { revision: await store.chats.nextRevision(chatId), by, at });
  await store.messages.addVersion(message, versionOf(message));
  await store.messages.change(deleted);
  const delayMs = message.author.id === by ? RESTORABLE_FOR_MS : UNDOABLE_FOR_MS;
  await store.jobs.add({ kind: 'erase_message', chatId, position, deletedAt: at }, { delayMs });
  for (const { deviceId } of await store.announcements.withReason(message, 'sent'))
    await store.jobs.add({ kind: 'withdraw_message', chatId, position, deviceId }, { delayMs: 0 });
  return deleted;
}
