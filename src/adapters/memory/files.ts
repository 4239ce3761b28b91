import type { Files, FilesView } from '../../application/ports/files.ts';
import { describedAs, type FileId, fileId, type StoredFile } from '../../domain/files/file.ts';
import { AS_POSTED, type Message, messageId, type TextMessage } from '../../domain/messages/message.ts';
import { blobsOf } from '../../domain/pictures/picture.ts';
import { noteChange } from './note-change.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryFiles(tables: Tables): Files {
  const { chats, users, files, attached, cards, cardImages, lastFile } = tables;
  const remove = (removed: readonly StoredFile[]) =>
    removed.flatMap(({ id, blob, thumbnail }) => {
      files.remove(id);
      return thumbnail === null || thumbnail === 'none' ? [blob] : [blob, thumbnail];
    });
  return {
    ...makeMemoryFilesView(tables, 'current'),
    // Units of work run one after the other.
    holdQuota: async () => undefined,
    async add(file) {
      chats.require(file.chatId);
      users.require(file.uploaderId);
      const id = fileId((lastFile.current.get('last') ?? 0) + 1);
      lastFile.put('last', id);
      files.insert(id, { ...file, id, position: null, thumbnail: null });
      return id;
    },
    async setThumbnail(id, thumbnail) {
      const file = files.current.get(id);
      if (file) files.put(id, { ...file, thumbnail });
      return file !== undefined;
    },
    async setAlt(id, alt, message) {
      files.put(id, describedAs(files.require(id), alt));
      if (!message) return;
      attached.put(messageId(message), message.files);
      noteChange(tables, message, message.revision);
    },
    async unstage(id) {
      if (files.current.get(id)?.position === null) files.remove(id);
    },
    async removeOf({ chatId, position }) {
      for (const table of [attached, cards, cardImages]) table.remove(messageId({ chatId, position }));
      return remove([...files.current.values()].filter((file) => file.chatId === chatId && file.position === position));
    },
    async removeStaged(before, limit) {
      const staged = [...files.current.values()].filter(
        ({ position, stagedAt }) => position === null && stagedAt < before,
      );
      return remove(staged.slice(0, limit));
    },
  };
}

export function makeMemoryFilesView(tables: Tables, moment: Moment): FilesView {
  const { files, pictures } = tables;
  return {
    async ofChat(chatId, before = Number.POSITIVE_INFINITY as FileId, limit) {
      const ofCards = new Set(tables.cardImages[moment].values());
      const listed = [...files[moment].values()].flatMap((file) => {
        const { position } = file;
        if (position === null || file.chatId !== chatId || file.id >= before || ofCards.has(file.id)) return [];
        const message = tables.messages[moment].get(messageId({ chatId, position }));
        return message?.kind === 'text' ? [{ file, author: message.author, position, sentAt: message.sentAt }] : [];
      });
      return listed.toSorted((a, b) => b.file.id - a.file.id).slice(0, limit);
    },
    find: async (id) => files[moment].get(id),
    async bytesOf(userId) {
      let sum = 0;
      for (const { uploaderId, bytes } of files[moment].values()) if (uploaderId === userId) sum += bytes;
      return sum;
    },
    after: async (after, limit) =>
      [...files[moment].values()]
        .filter(({ id }) => id > after)
        .toSorted((a, b) => a.id - b.id)
        .slice(0, limit),
    async named(keys) {
      const all = new Set<unknown>([...files[moment].values()].flatMap(({ blob, thumbnail }) => [blob, thumbnail]));
      for (const { picture } of pictures[moment].values()) for (const key of blobsOf(picture)) all.add(key);
      return new Set(keys.filter((key) => all.has(key)));
    },
  };
}

/** Gives a stored message its files, which are staged no more. */
export function attach({ files, attached }: Tables, message: TextMessage): void {
  attached.put(messageId(message), message.files);
  for (const { id } of message.files) files.put(id, { ...files.require(id), position: message.position });
}

export const findFiles = ({ files }: Tables, ids: readonly FileId[]): readonly StoredFile[] | undefined =>
  ids.length === 0 ? undefined : ids.flatMap((id) => files.current.get(id) ?? []);

/** The message with its files and its card, which are kept apart from it. */
export function withFiles(tables: Tables, moment: Moment, message: Message): Message {
  if (message.kind !== 'text') return message;
  const files = tables.attached[moment].get(messageId(message)) ?? AS_POSTED.files;
  const card = tables.cards[moment].get(messageId(message)) ?? AS_POSTED.card;
  return files === message.files && card === message.card ? message : { ...message, files, card };
}
