import type { LinkCard } from '../cards/link-card.ts';
import type { Revision } from '../chats/chat.ts';
import { utf8Bytes } from '../code-points.ts';
import { Conflict } from '../errors.ts';
import { type FileId, type MessageFile, NO_FILES } from '../files/file.ts';
import type { User } from '../identity/user.ts';
import type { Branded, ChatId, UserId } from '../ids.ts';
import type { Tally } from '../reactions/tally.ts';
import type { ClientId } from './client-id.ts';
import type { MessageBody } from './message-body.ts';

/** Unique in the installation. */
export type MessageId = Branded<number, 'MessageId'>;

/** What all messages have. */
interface Entry {
  readonly id: MessageId;
  readonly chatId: ChatId;
  /** The chat's revision at which it was posted: its place in the chat, which never changes. */
  readonly position: Revision;
  /** The chat's revision at which it was last changed. */
  readonly revision: Revision;
  readonly clientId: ClientId | null;
  readonly author: User;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

/** A message that a member wrote. */
export interface TextMessage extends Entry {
  readonly kind: 'text';
  readonly text: MessageBody;
  /** The latest edit of the text; null when the text is as it was posted. */
  readonly edit: TextEdit | null;
  /** The message that this one answers. */
  readonly replyTo: Quote | null;
  /** The people whom the text mentions. */
  readonly mentions: readonly Mention[];
  /** In the order in which each emoji was used first. */
  readonly reactions: readonly Tally[];
  /** Null when the message is not pinned. */
  readonly pin: Pin | null;
  readonly files: readonly MessageFile[];
  /** Of the page that the text links to; null until there is one. `removed`: the author wants none for this link. */
  readonly card: LinkCard | 'removed' | null;
}

/** A message as its replies show it, in its current state: nothing of a deleted text is in it. */
export interface Quote {
  readonly position: Revision;
  readonly author: User;
  readonly kind: MessageKind;
  /** The beginning of the plain text on one line; empty where the message was deleted. */
  readonly snippet: string;
}

export interface Mention {
  readonly userId: UserId;
  /** The name as the text has it: the person may have another one by now. */
  readonly name: string;
}

export interface Pin {
  readonly by: UserId;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface TextEdit {
  /** The chat's revision at which the text was written. */
  readonly revision: Revision;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** An announcement about a member or the chat; its author is the member whom it is about. */
export interface Notice extends Entry {
  readonly kind: 'notice';
  readonly text: MessageBody;
}

/** What remains of a deleted message: its place, and no text. */
export interface Tombstone extends Entry {
  readonly kind: 'deleted';
  readonly deletedBy: UserId;
  /** Milliseconds since 1970. */
  readonly deletedAt: number;
  /** No log shows it: it was deleted together with others when its author was removed. Left out where logs do. */
  readonly isHidden?: true | undefined;
}

export type Message = TextMessage | Notice | Tombstone;

export type MessageKind = Message['kind'];

export interface NewMessage {
  readonly chatId: ChatId;
  readonly position: Revision;
  readonly author: User;
  readonly text: MessageBody;
  readonly clientId: ClientId | null;
  readonly sentAt: number;
}

export function textMessage(
  message: NewMessage & Pick<Partial<TextMessage>, 'replyTo' | 'mentions' | 'files'>,
): TextMessage {
  return { id: messageId(message), revision: message.position, kind: 'text', ...AS_POSTED, ...message };
}

/** What a message has before anything was done with it. */
export const AS_POSTED = {
  edit: null,
  replyTo: null,
  mentions: [],
  reactions: [],
  pin: null,
  files: NO_FILES,
  card: null,
} as const;

export function notice(message: Omit<NewMessage, 'clientId'>): Notice {
  return { id: messageId(message), revision: message.position, kind: 'notice', clientId: null, ...message };
}

/** The text of a message; empty for a deleted one. */
export const textOf = (message: Message): string => (message.kind === 'deleted' ? '' : message.text);

/** None of a notice and of a deleted message. */
export const filesOf = (message: Message): readonly MessageFile[] =>
  message.kind === 'text' ? message.files : NO_FILES;

/** Whether the message has not changed since it was posted. */
export const isAsPosted = ({ position, revision }: Pick<Entry, 'position' | 'revision'>): boolean =>
  position === revision;

/** The revision at which the current text was written. */
export const textRevision = ({ edit, position }: TextMessage): Revision => edit?.revision ?? position;

/**
 * A second post with the same client id is either a repetition or a mistake of the sender. Once the earlier message has been edited
 * or deleted, the text that was posted is unknown, and the second post counts as a repetition.
 * @throws DomainError `conflict`
 */
export function assertSameMessage(
  stored: Message,
  post: { readonly text: MessageBody; readonly replyTo: Revision | null; readonly files: readonly FileId[] },
): void {
  if (stored.kind !== 'text') return;
  const isSameText = stored.edit !== null || stored.text === post.text;
  const isSameReply = (stored.replyTo?.position ?? null) === post.replyTo;
  if (!isSameText || !isSameReply || !hasFiles(stored, post.files)) {
    throw new Conflict('client_id_used', 'You used this client_id for another message in this chat.');
  }
}

const hasFiles = ({ files }: TextMessage, ids: readonly FileId[]): boolean =>
  files.length === ids.length && files.every(({ id }, index) => id === ids[index]);

/** Estimate of what a database stores besides a text: ids, times and index entries. */
const ROW_BYTES = 100;

/** The same of a mention. */
const MENTION_BYTES = 50;

/** The bytes of its author's daily quota that a message takes. */
export const storedBytes = (text: MessageBody): number => utf8Bytes(text) + ROW_BYTES;

/** Those that its mentions take besides. */
export const mentionBytes = (message: Message): number =>
  message.kind === 'text' ? message.mentions.length * MENTION_BYTES : 0;

const POSITIONS_PER_CHAT = 2 ** 30;

/**
 * A message's id is computed from its chat and position, so that storage needs neither a counter nor an index for it. JavaScript's
 * safe integers hold 2³⁰ messages in each of eight million chats.
 */
export function messageId(at: Pick<Message, 'chatId' | 'position'>): MessageId {
  return (at.chatId * POSITIONS_PER_CHAT + at.position) as MessageId;
}
