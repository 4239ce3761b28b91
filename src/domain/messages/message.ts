import type { Revision } from '../chats/chat.ts';
import { utf8Bytes } from '../code-points.ts';
import { Conflict } from '../errors.ts';
import type { User } from '../identity/user.ts';
import type { Branded, ChatId, UserId } from '../ids.ts';
import type { ClientId } from './client-id.ts';
import type { MessageBody } from './message-body.ts';

/** Unique in the installation. */
export type MessageId = Branded<number, 'MessageId'>;

/** Where a message stands and how far it has changed. */
interface Entry {
  readonly id: MessageId;
  readonly chatId: ChatId;
  /** The chat's revision at which it was posted: its place in the chat, for good. */
  readonly position: Revision;
  /** The chat's revision at which it last changed. */
  readonly revision: Revision;
  readonly clientId: ClientId | null;
  readonly author: User;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

/** What a member wrote. */
export interface TextMessage extends Entry {
  readonly kind: 'text';
  readonly text: MessageBody;
  /** The latest edit of the text; null for a text that stands as it was posted. */
  readonly edit: TextEdit | null;
}

export interface TextEdit {
  /** The chat's revision at which the text was written. */
  readonly revision: Revision;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the chat says about a member. */
export interface Notice extends Entry {
  readonly kind: 'notice';
  readonly text: MessageBody;
}

/** A deleted message. It keeps its place and has no words. */
export interface Tombstone extends Entry {
  readonly kind: 'deleted';
  readonly deletedBy: UserId;
  /** Milliseconds since 1970. */
  readonly deletedAt: number;
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

export function textMessage(message: NewMessage): TextMessage {
  return { id: messageId(message), revision: message.position, kind: 'text', edit: null, ...message };
}

export function notice(message: Omit<NewMessage, 'clientId'>): Notice {
  return { id: messageId(message), revision: message.position, kind: 'notice', clientId: null, ...message };
}

/** What can be read of a message; nothing of a deleted one. */
export const textOf = (message: Message): string => (message.kind === 'deleted' ? '' : message.text);

/** True for a message at the revision of its post: nothing has changed it since. */
export const isAsPosted = ({ position, revision }: Message): boolean => position === revision;

/** The revision at which the present text was written. */
export const textRevision = ({ edit, position }: TextMessage): Revision => edit?.revision ?? position;

/**
 * A second post under the client id of an earlier one is either that post again or a mistake of the sender's. Once the
 * earlier message has been edited or deleted, the text that was posted is no longer known, and the post counts as a repetition.
 * @throws DomainError `conflict`
 */
export function assertSameMessage(stored: Message, text: MessageBody): void {
  if (stored.kind === 'text' && stored.edit === null && stored.text !== text) {
    throw new Conflict('client_id_used', 'This client_id was used for another message of yours in this chat.');
  }
}

/** About what a database keeps beside a text: ids, times and their places in indexes. */
const ROW_BYTES = 100;

/** What a message takes of its author's daily quota. */
export const storedBytes = (text: MessageBody): number => utf8Bytes(text) + ROW_BYTES;

const POSITIONS_PER_CHAT = 2 ** 30;

/**
 * A message's id follows from its chat and position, so that storage keeps no third counter and no index for it. Room
 * for a thousand million messages in each of eight million chats before JavaScript's integers end.
 */
export function messageId(at: Pick<Message, 'chatId' | 'position'>): MessageId {
  return (at.chatId * POSITIONS_PER_CHAT + at.position) as MessageId;
}
