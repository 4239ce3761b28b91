import type { Selectable } from 'kysely';
import type { Membership } from '../../domain/chats/membership.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { toMembership } from '../kysely/members.ts';
import type { Schema } from '../kysely/schema.ts';

type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;

/** The memberships of these rows, in these chats, by `memberKey`. */
export function membershipsOf(
  members: readonly Row<'members'>[],
  chats: readonly Pick<Row<'chats'>, 'id' | 'archived_at'>[],
): Map<string, Membership> {
  const archivedAt = new Map(chats.map(({ id, archived_at }) => [id, archived_at]));
  return new Map(
    members.map((row) => {
      const membership = toMembership({ ...row, archived_at: archivedAt.get(row.chat_id) ?? null });
      return [memberKey(row.chat_id, row.user_id), membership];
    }),
  );
}

export function memberKey(chatId: ChatId, userId: UserId): string {
  return `${chatId} ${userId}`;
}
