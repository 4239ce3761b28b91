import type { Revision } from '../chats/chat.ts';
import { utf8Bytes } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { User } from '../identity/user.ts';
import type { Branded, ChatId } from '../ids.ts';
import type { ClientId } from './client-id.ts';
import type { MessageBody } from './message-body.ts';

/** Unique in the installation. */
export type MessageId = Branded<number, 'MessageId'>;

/** `text` is what a member wrote; `notice` is what the chat says about a member. */
export type MessageKind = 'text' | 'notice';

export interface Message {
  readonly id: MessageId;
  readonly chatId: ChatId;
  /** The chat's revision at which it was posted: its place in the chat, for good. */
  readonly position: Revision;
  /** The chat's revision at which it last changed. */
  readonly revision: Revision;
  readonly clientId: ClientId | null;
  readonly kind: MessageKind;
  readonly author: User;
  readonly text: MessageBody;
  readonly sentAt: number;
}

export interface NewMessage {
  readonly chatId: ChatId;
  readonly position: Revision;
  readonly author: User;
  readonly text: MessageBody;
  readonly clientId: ClientId | null;
  readonly sentAt: number;
}

export function textMessage(message: NewMessage): Message {
  return { id: messageId(message), revision: message.position, kind: 'text', ...message };
}

/** What the chat says about its author. */
export function notice(message: Omit<NewMessage, 'clientId'>): Message {
  return { id: messageId(message), revision: message.position, kind: 'notice', clientId: null, ...message };
}

/** A second message under the client id of a first is that first one again, or a mistake of the sender's. */
export function assertSameMessage(stored: Message, text: MessageBody): void {
  if (stored.text !== text) {
    throw new DomainError('conflict', 'This client_id was used for another message of yours in this chat.');
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
