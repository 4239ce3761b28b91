import { type RawBuilder, sql } from 'kysely';
import type { ReadingView } from '../../application/ports/reading.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { Username } from '../../domain/identity/username.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { SNIPPET_SOURCE } from '../../domain/messages/text/plain-text.ts';
import {
  MAX_MISSED,
  MAX_MISSED_ROWS,
  MISSED_REASONS,
  type MissedMessage,
  type MissedReason,
} from '../../domain/reading/missed.ts';
import { rowSnippet } from './files.ts';
import { type Params, prepare } from './prepare.ts';
import { countedAfter, position } from './reading.ts';
import type { SqlDatabase } from './sql-database.ts';

interface Row {
  readonly chat_id: ChatId;
  readonly position: Revision;
  readonly reason: MissedReason;
  readonly reactions: number;
  readonly author_id: UserId;
  readonly username: Username;
  readonly sent_at: number;
  readonly beginning: string;
  readonly files: string | null;
}

/** What stands out among the messages that a member has yet to read, of all their chats, by one statement. */
export function makeMissed(db: SqlDatabase): Pick<ReadingView, 'missedBy'> {
  const select = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.selectFrom(standingOut(param('userId')).as('missed')).selectAll(),
  );
  return {
    async missedBy(userId) {
      const rows = await select({ userId });
      const messages = Map.groupBy(rows, (row) => `${row.chat_id}/${row.position}`);
      return [...messages.values()].flatMap(toMissed).sort((one, other) => one.position - other.position);
    },
  };
}

/** @param rows of one message, one for each reason */
function toMissed(rows: readonly Row[]): readonly MissedMessage[] {
  const [row] = rows;
  if (!row) return [];
  const { chat_id: chatId, position, author_id: id, username, sent_at: sentAt, beginning, files } = row;
  const reasons = MISSED_REASONS.filter((reason) => rows.some((one) => one.reason === reason));
  const reactions = Math.max(...rows.map((one) => Number(one.reactions)));
  const snippet = rowSnippet({ kind: 'text', beginning, files });
  return [{ chatId, position, author: { id, username }, snippet, sentAt, reasons, reactions }];
}

/** Texts of others whom the member does not block, for queries with `waiting` and `messages`. */
const isOffered = sql<boolean>`(messages.kind = 'text' and messages.author_id <> waiting.user_id and not exists (
    select 1 from blocks where blocks.user_id = waiting.user_id and blocks.blocked_id = messages.author_id))`;

/** The member's chats that are not read to their end, and after which position the messages are unread. */
const waitingOf = (userId: UserId) => sql`
  select chats.id as chat_id, members.user_id, members.role, ${countedAfter} as after
  from members
  join chats on chats.id = members.chat_id
  left join read_pointers as read on read.chat_id = members.chat_id and read.user_id = members.user_id
  where members.user_id = ${userId} and ${position} < chats.revision`;

/** The newest unread messages of a direct chat: all of them could be thousands. */
const direct = sql`
  select waiting.chat_id, messages.position, 'direct' as reason, 0 as reactions
  from (
    select waiting.chat_id, waiting.after, (
      select messages.position from messages
      where messages.chat_id = waiting.chat_id and messages.position > waiting.after and ${isOffered}
      order by messages.position desc limit 1 offset ${sql.lit(MAX_MISSED.direct)}
    ) as newest_left_out
    from waiting where waiting.role in ('participant', 'blocked')
  ) as waiting
  cross join messages
  where messages.chat_id = waiting.chat_id and messages.position > coalesce(waiting.newest_left_out, waiting.after)`;

const mentions = sql`
  select distinct waiting.chat_id, mentions.position, 'mention' as reason, 0 as reactions
  from waiting cross join mentions
  where mentions.user_id = waiting.user_id and mentions.chat_id = waiting.chat_id and mentions.position > waiting.after`;

const replies = sql`
  select waiting.chat_id, messages.position, 'reply' as reason, 0 as reactions
  from waiting cross join messages cross join messages as answered
  where messages.chat_id = waiting.chat_id and messages.position > waiting.after and messages.reply_to is not null
    and answered.chat_id = messages.chat_id and answered.position = messages.reply_to
    and answered.author_id = waiting.user_id`;

const pinned = sql`
  select waiting.chat_id, messages.position, 'pinned' as reason, 0 as reactions
  from waiting cross join messages
  where messages.chat_id = waiting.chat_id and +messages.position > waiting.after and messages.pinned_at is not null`;

const reacted = sql`
  select waiting.chat_id, reactions.position, 'reacted' as reason, count(*) as reactions
  from waiting cross join reactions
  where reactions.chat_id = waiting.chat_id and reactions.position > waiting.after
  group by waiting.chat_id, reactions.position`;

const maxOf = sql.raw(
  `case found.reason ${MISSED_REASONS.map((reason) => `when '${reason}' then ${MAX_MISSED[reason]}`).join(' ')} end`,
);

/**
 * Each reason has an index that leads to its messages, so that the others are not read. SQLite carries out cross joins in the order in which
 * they are written; in another it would go through the replies and pins of all chats.
 */
const standingOut = (userId: UserId): RawBuilder<Row> => sql<Row>`(
  with waiting as materialized (${waitingOf(userId)}),
  found as (${direct} union all ${mentions} union all ${replies} union all ${pinned} union all ${reacted}),
  ranked as (
    select found.chat_id, found.position, found.reason, found.reactions, messages.author_id, messages.sent_at, messages.files,
      substr(messages.text, 1, ${sql.lit(SNIPPET_SOURCE)}) as beginning, ${maxOf} as at_most,
      row_number() over (partition by found.chat_id, found.reason order by found.reactions desc, found.position desc) as place
    from found cross join messages cross join (select distinct user_id from waiting) as waiting
    where messages.chat_id = found.chat_id and messages.position = found.position and ${isOffered}
  )
  select ranked.chat_id, ranked.position, ranked.reason, ranked.reactions, ranked.author_id, users.username,
    ranked.sent_at, ranked.beginning, ranked.files
  from ranked cross join users
  where users.id = ranked.author_id and ranked.place <= ranked.at_most
  order by ranked.sent_at desc, ranked.position desc limit ${sql.lit(MAX_MISSED_ROWS)}
)`;
