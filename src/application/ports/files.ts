import type { Revision } from '../../domain/chats/chat.ts';
import type { AltText } from '../../domain/files/alt-text.ts';
import type { BlobKey, FileId, StoredFile } from '../../domain/files/file.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { TextMessage } from '../../domain/messages/message.ts';
import type { MessagePlace } from './messages.ts';

/** A file of a message, as the list of a chat's files shows it. */
export interface ListedFile {
  readonly file: StoredFile;
  readonly author: User;
  /** Of the message, as `sentAt` (ms since 1970). */
  readonly position: Revision;
  readonly sentAt: number;
}

export interface FilesView {
  find(id: FileId): Promise<StoredFile | undefined>;
  /** The sum of the bytes of all files that this user uploaded. */
  bytesOf(userId: UserId): Promise<number>;
  /** The first files after this one, at most `limit`, in the order of their ids. */
  after(id: FileId, limit: number): Promise<readonly StoredFile[]>;
  /**
   * The files of the chat's messages that were uploaded before this one, newest first, at most `limit`. Images of cards are none of them, nor
   * are files of deleted messages.
   * @param before undefined for the newest ones
   */
  ofChat(chatId: ChatId, before: FileId | undefined, limit: number): Promise<readonly ListedFile[]>;
  /** Those of the keys that a file, its thumbnail or a picture of a person or a chat has. */
  named(keys: readonly BlobKey[]): Promise<ReadonlySet<BlobKey>>;
}

/** Files belong to messages: `UnitOfWork.post` attaches them. */
export interface Files extends FilesView {
  /**
   * Lets other units of work add files of this user only after this one, so that the sum of their bytes stays as it is read here, also where
   * several instances run.
   */
  holdQuota(userId: UserId): Promise<void>;
  /** Stores a staged file. Chat and uploader must exist. */
  add(file: Omit<StoredFile, 'id' | 'position' | 'thumbnail'>): Promise<FileId>;
  /** Notes the small picture of a file, or that there is none; false when the file is gone. */
  setThumbnail(id: FileId, thumbnail: BlobKey | 'none'): Promise<boolean>;
  /**
   * Gives a file another alternative text, or none.
   * @param message the message that has the file, with the file as it becomes, at the next revision of the chat; undefined for a staged file
   */
  setAlt(
    id: FileId,
    alt: AltText | undefined,
    message: Pick<TextMessage, 'chatId' | 'position' | 'revision' | 'files'> | undefined,
  ): Promise<void>;
  /** Removes a file that is staged still. Any other stays. */
  unstage(id: FileId): Promise<void>;
  /** Removes the files of a message and its card, and from the message; answers the keys of what they had in the store. */
  removeOf(place: MessagePlace): Promise<readonly BlobKey[]>;
  /** Removes up to `limit` files that were staged before `before` (ms) and are staged still; answers the keys of what they had in the store. */
  removeStaged(before: number, limit: number): Promise<readonly BlobKey[]>;
}
