import type { AccountExport, OwnMessage, OwnReaction } from '../../application/use-cases/identity/export-account.ts';
import { sessionHandle } from '../../domain/identity/session.ts';
import { filesOf, textOf } from '../../domain/messages/message.ts';
import { toWireSummary } from './chat-summary.ts';
import { toWireNotifications } from './notifications.ts';
import { timestamp } from './timestamp.ts';

/** What an export says of the account. It has no secrets, and of other people only the names of chats and of those who were blocked. */
export const toExportedAccount = (account: AccountExport) => ({
  id: account.user.id,
  username: account.user.username,
  exported_at: timestamp(account.at),
  away_until: account.awayUntil === undefined ? null : timestamp(account.awayUntil),
  two_step: account.hasTwoStep,
  notifications: toWireNotifications(account.settings),
  blocked: account.blocked.map(({ id, username }) => ({ id, username })),
  sessions: account.sessions.map((session) => ({
    id: sessionHandle(session),
    device: session.device,
    address: session.address,
    created_at: timestamp(session.createdAt),
    seen_at: timestamp(session.seenAt),
  })),
  chats: account.chats.map((chat) => {
    // The last message may be another's.
    const { last: _last, others: _others, ...own } = toWireSummary(chat);
    return own;
  }),
});

/** Replies have the position of what they answer, and reactions have no names: the words and acts of others are theirs. */
export function toExportedMessage({ message, versions }: OwnMessage) {
  const { id, chatId, position, kind, sentAt } = message;
  const text = message.kind === 'text' ? message : undefined;
  return {
    ...{ id, chat_id: chatId, position, kind, text: textOf(message), sent_at: timestamp(sentAt) },
    edited_at: text?.edit ? timestamp(text.edit.at) : null,
    deleted_at: message.kind === 'deleted' ? timestamp(message.deletedAt) : null,
    reply_to: text?.replyTo?.position ?? null,
    files: filesOf(message).map(({ id, name, type, bytes, alt }) => ({ id, name, type, bytes, alt: alt ?? null })),
    pinned: (text?.pin ?? null) !== null,
    reactions: (text?.reactions ?? []).map(({ emoji, count }) => ({ emoji, count })),
    versions: versions.map((version) => ({ text: version.text, written_at: timestamp(version.writtenAt) })),
  };
}

export const toExportedReaction = ({ chatId, position, emoji }: OwnReaction) => ({
  ...{ chat_id: chatId, position, emoji },
});

export type ExportedAccount = ReturnType<typeof toExportedAccount>;
export type ExportedMessage = ReturnType<typeof toExportedMessage>;
