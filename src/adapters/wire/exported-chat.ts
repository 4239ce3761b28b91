import type { ChatExport } from '../../application/use-cases/chats/export-chat.ts';
import type { WholeMessage } from '../../application/use-cases/chats/whole-message.ts';
import { type Member, shownRole } from '../../domain/chats/membership.ts';
import { archivedPath } from './archived-path.ts';
import { toWire, toWireTally, type WireMessage } from './message.ts';
import { timestamp } from './timestamp.ts';

/** What an export says of the chat itself. Programs look at the format and its version first. */
export const toExportedChat = ({ chat, kind, user, at, hasActs }: ChatExport, installation: string) => ({
  format: 'shoal.chat',
  version: 1,
  installation,
  exported_at: timestamp(at),
  exported_by: { id: user.id, username: user.username },
  chat: { id: chat.id, kind, name: chat.name, revision: chat.revision },
  has_acts: hasActs,
});

export const toExportedMember = ({ user, role, joinedAt }: Member) => ({
  ...{ id: user.id, username: user.username, role: shownRole(role), joined_at: timestamp(joinedAt) },
});

/** A message as it is over HTTP, with all its versions and everybody who reacted, and where its files are in the archive. */
export function toExportedChatMessage({ message, versions, reactions }: WholeMessage) {
  const { client_id: _ofTheSender, chat_id: _always, ...wire } = toWire(message);
  return {
    ...wire,
    files: wire.files.map((file) => ({ ...file, path: archivedPath(file) })),
    reactions: reactions.map(toWireTally),
    versions: versions.map(({ text, writtenAt }) => ({ text, written_at: timestamp(writtenAt) })),
  };
}

export type ExportedChat = ReturnType<typeof toExportedChat>;
export type ExportedChatMessage = Omit<ReturnType<typeof toExportedChatMessage>, 'files'> & {
  readonly files: readonly (WireMessage['files'][number] & { readonly path: string })[];
};
