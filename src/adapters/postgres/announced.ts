import type { ChatId, UserId } from '../../domain/ids.ts';
import type { PostJob } from '../../domain/messages/posting.ts';
import type { SqlDatabase } from '../kysely/sql-database.ts';
import type { Writer } from './writer.ts';

/** Up to two of each chat's members who have a device that receives push messages. */
export type Awaiting = ReadonlyMap<ChatId, readonly UserId[]>;

const FIND_AWAITING = `
  select asked.chat_id, found.user_id from unnest($1::bigint[]) as asked (chat_id) cross join lateral (
    select distinct push_devices.user_id from push_devices join members using (user_id)
    where members.chat_id = asked.chat_id limit 2
  ) as found`;

const INSERT = `
  insert into jobs (kind, data, due_at, written_at, attempts)
  select added.kind, added.data, moment, moment, 0 from unnest($1::text[], $2::text[]) as added (kind, data)
  cross join (select (extract(epoch from clock_timestamp()) * 1000)::bigint as moment) as clock`;

export async function findAwaiting(db: SqlDatabase, chatIds: readonly ChatId[]): Promise<Awaiting> {
  const rows = await db.run<{ chat_id: ChatId; user_id: UserId }>(FIND_AWAITING, [chatIds]);
  const byChat = Map.groupBy(rows, ({ chat_id }) => chat_id);
  return new Map([...byChat].map(([chatId, found]) => [chatId, found.map(({ user_id }) => user_id)]));
}

export function storeJobs(writer: Writer, jobs: readonly PostJob[]): void {
  if (jobs.length === 0) return;
  const data = jobs.map(({ kind: _, ...rest }) => JSON.stringify(rest));
  writer.send(INSERT, [jobs.map(({ kind }) => kind), data]);
}
