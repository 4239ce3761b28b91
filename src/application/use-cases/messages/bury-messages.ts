import { RESTORABLE_FOR_MS, tombstone, versionOf } from '../../../domain/messages/changes.ts';
import type { TextMessage, Tombstone } from '../../../domain/messages/message.ts';
import { UNDOABLE_FOR_MS } from '../../../domain/moderation/act.ts';
import type { Deletion } from '../../../domain/moderation/changes.ts';
import type { Store } from '../../ports/store.ts';

/**
 * Puts tombstones in the places of messages of one chat, in their order. The texts are kept as versions until the deletion can no longer be
 * undone, and devices on which the messages were announced are told. Statements that do not wait for one another are sent together: with
 * a database server, five hundred messages take as many round trips as one. The callers decide whether
 * messages of archived chats may be deleted.
 */
export async function buryMessages(
  store: Store,
  messages: readonly TextMessage[],
  deletion: Deletion & Pick<Tombstone, 'isHidden'>,
): Promise<readonly Tombstone[]> {
  const revisions = await Promise.all(messages.map(({ chatId }) => store.chats.nextRevision(chatId, 'even_archived')));
  const buried = messages.map((message, index) => {
    const revision = revisions[index];
    if (revision === undefined) throw new Error('A message got no revision.');
    return { message, deleted: tombstone(message, { revision, ...deletion }) };
  });
  const announced = buried.map(({ message }) => store.announcements.withReason(message, 'sent'));
  await Promise.all(buried.flatMap((one) => writesOf(store, one)));
  const withdrawals = (await Promise.all(announced)).flatMap((devices, index) =>
    devices.flatMap(({ deviceId }) => {
      const at = messages[index];
      return at ? [{ kind: 'withdraw_message', chatId: at.chatId, position: at.position, deviceId } as const] : [];
    }),
  );
  await Promise.all(withdrawals.map((job) => store.jobs.add(job, { delayMs: 0 })));
  return buried.map(({ deleted }) => deleted);
}

function writesOf(
  { messages, jobs, past }: Store,
  { message, deleted }: { readonly message: TextMessage; readonly deleted: Tombstone },
): readonly Promise<void>[] {
  const { chatId, position, deletedBy, deletedAt } = deleted;
  const delayMs = message.author.id === deletedBy ? RESTORABLE_FOR_MS : UNDOABLE_FOR_MS;
  return [
    messages.addVersion(message, versionOf(message)),
    messages.change(deleted),
    ...(message.pin ? [past.endPin(message, deleted.revision)] : []),
    jobs.add({ kind: 'erase_message', chatId, position, deletedAt }, { delayMs }),
  ];
}
