import { type Message, type MessageKind, textOf } from '../../domain/messages/message.ts';
import { timestamp } from './timestamp.ts';

/** A message as scripts, sockets and the page template see it. */
export interface WireMessage {
  readonly id: number;
  readonly chat_id: number;
  readonly position: number;
  readonly revision: number;
  readonly client_id: string | null;
  readonly kind: MessageKind;
  readonly author: { readonly id: number; readonly username: string };
  /** Empty where the message was deleted. */
  readonly text: string;
  /** RFC 3339, UTC, with milliseconds. */
  readonly sent_at: string;
  /** When the text was last edited, likewise; null for a text as it was posted. */
  readonly edited_at: string | null;
}

export function toWire(message: Message): WireMessage {
  return {
    id: message.id,
    chat_id: message.chatId,
    position: message.position,
    revision: message.revision,
    client_id: message.clientId,
    kind: message.kind,
    author: { id: message.author.id, username: message.author.username },
    text: textOf(message),
    sent_at: timestamp(message.sentAt),
    edited_at: message.kind === 'text' && message.edit ? timestamp(message.edit.at) : null,
  };
}
