import type { Selectable } from 'kysely';
import type { Username } from '../../domain/identity/username.ts';
import { AS_POSTED, isAsPosted, type Message, messageId, type Quote } from '../../domain/messages/message.ts';
import type { MessageBody } from '../../domain/messages/message-body.ts';
import { filesInJson, filesToJson } from './files-json.ts';
import { cardInJson, cardToJson } from './link-cards.ts';
import type { Schema } from './schema.ts';

export type Row = Selectable<Schema['messages']>;
export type MessageRow = Row & { readonly username: Username };

/** @param quoted the message at `reply_to` */
export function toMessage(row: MessageRow, quoted?: Quote): Message {
  const { chat_id: chatId, position, edited_at: at } = row;
  const entry = {
    id: messageId({ chatId, position }),
    chatId,
    position,
    revision: row.changed_at ?? position,
    clientId: row.client_id,
    author: { id: row.author_id, username: row.username },
    sentAt: row.sent_at,
  };
  switch (row.kind) {
    case 'text': {
      const edit = at === null || row.text_revision === null ? null : { revision: row.text_revision, at };
      const pin = row.pinned_at === null || row.pinned_by === null ? null : { by: row.pinned_by, at: row.pinned_at };
      const [files, card] = [filesInJson(row.files), cardInJson(row.card)];
      return { ...entry, ...AS_POSTED, kind: 'text', text: row.text, edit, replyTo: quoted ?? null, pin, files, card };
    }
    case 'notice':
      return { ...entry, kind: 'notice', text: row.text };
    case 'deleted':
      return {
        ...{ ...entry, kind: 'deleted', deletedBy: row.deleted_by ?? row.author_id, deletedAt: row.deleted_at ?? 0 },
        ...(row.hidden && { isHidden: true }),
      };
    default:
      return row.kind satisfies never;
  }
}

const WORDLESS = '' as MessageBody;

export function toRow(message: Message): Row {
  const { edit, pin } = message.kind === 'text' ? message : AS_POSTED;
  const deleted = message.kind === 'deleted' ? message : undefined;
  return {
    chat_id: message.chatId,
    position: message.position,
    author_id: message.author.id,
    client_id: message.clientId,
    kind: message.kind,
    text: message.kind === 'deleted' ? WORDLESS : message.text,
    sent_at: message.sentAt,
    changed_at: isAsPosted(message) ? null : message.revision,
    text_revision: edit?.revision ?? null,
    edited_at: edit?.at ?? null,
    deleted_by: deleted?.deletedBy ?? null,
    deleted_at: deleted?.deletedAt ?? null,
    hidden: deleted?.isHidden ? 1 : null,
    pinned_by: pin?.by ?? null,
    pinned_at: pin?.at ?? null,
    files: message.kind === 'text' ? filesToJson(message.files) : null,
    card: message.kind === 'text' ? cardToJson(message.card) : null,
    reply_to: message.kind === 'text' ? (message.replyTo?.position ?? null) : null,
  };
}
