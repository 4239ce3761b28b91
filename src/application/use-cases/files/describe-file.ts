import { assertAllowed, mayPost, mayRead } from '../../../domain/chats/permissions.ts';
import { type AltText, altText, assertDescribable } from '../../../domain/files/alt-text.ts';
import {
  describedAs,
  type FileId,
  type MessageFile,
  messageFile,
  type StoredFile,
} from '../../../domain/files/file.ts';
import type { TextMessage } from '../../../domain/messages/message.ts';
import { assertMayEdit } from '../../../domain/messages/permissions.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Store } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { fileNotFound } from './open-file.ts';

/**
 * Gives an image another alternative text, or none for an empty text: a staged one of the actor's, or one of a message of the actor's, which
 * changes then. The same text again changes nothing.
 * @throws DomainError `not_found` for anyone who cannot open the file; `forbidden` for members who are not its author; `invalid_alt`,
 * `archived`, `unavailable`
 */
export type DescribeFile = (
  actor: Actor,
  change: { readonly id: FileId; readonly alt: string },
) => Promise<MessageFile & Pick<StoredFile, 'chatId' | 'position'>>;

export function makeDescribeFile({
  unitOfWork,
  broadcast,
}: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
}): DescribeFile {
  return async ({ user }, { id, alt: given }) => {
    const { file, message } = await unitOfWork.run(async (store) => {
      const stored = await store.files.find(id);
      const membership = stored && (await store.members.find(stored.chatId, user.id));
      if (!stored || !membership || !mayRead(membership)) throw fileNotFound();
      const current = stored.position === null ? undefined : await messageOf(store, stored);
      if (current) assertMayEdit(membership, current);
      else if (stored.uploaderId !== user.id) throw fileNotFound();
      assertAllowed(membership, mayPost);
      assertDescribable(stored);
      const alt = altText(given);
      const { chatId, position } = stored;
      const file = { ...describedAs(messageFile(stored), alt), chatId, position };
      if (stored.alt === alt) return { file, message: undefined };
      const message = current && (await described(store, current, { id, alt }));
      await store.files.setAlt(id, alt, message);
      return { file, message };
    });
    if (message) broadcast.publishToChat(message.chatId, { type: 'message_changed', message });
    return file;
  };
}

/** The message that shows the file; the image of a card is no file that anybody describes. */
async function messageOf(store: Store, { id, chatId, position }: StoredFile): Promise<TextMessage> {
  const message = position === null ? undefined : await store.messages.find({ chatId, position });
  if (message?.kind !== 'text' || !message.files.some((file) => file.id === id)) throw fileNotFound();
  return message;
}

async function described(
  store: Store,
  message: TextMessage,
  { id, alt }: { readonly id: FileId; readonly alt: AltText | undefined },
): Promise<TextMessage> {
  const files = message.files.map((file) => (file.id === id ? describedAs(file, alt) : file));
  return { ...message, files, revision: await store.chats.nextRevision(message.chatId) };
}
