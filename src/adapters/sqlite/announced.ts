import type { Database, Statement } from 'better-sqlite3';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { PostJob } from '../../domain/messages/posting.ts';
import type { SqliteJobsClock } from './jobs-clock.ts';

/** The jobs of posts, among them their announcements. */
export class Announced {
  readonly #awaiting: Statement<[ChatId], UserId>;
  readonly #insert: Statement<[string, string, number, number]>;
  readonly #jobsClock: Pick<SqliteJobsClock, 'now'>;

  constructor(database: Database, jobsClock: Pick<SqliteJobsClock, 'now'>) {
    this.#jobsClock = jobsClock;
    // `cross join` keeps the order: an installation has fewer devices than members, and often none.
    this.#awaiting = database
      .prepare<[ChatId], UserId>(`
        select distinct push_devices.user_id from push_devices cross join members
        on members.chat_id = ? and members.user_id = push_devices.user_id limit 2`)
      .pluck();
    this.#insert = database.prepare(
      'insert into jobs (kind, data, due_at, written_at, attempts) values (?, ?, ?, ?, 0)',
    );
  }

  /** Up to two of the chat's members who have a device that receives push messages. */
  awaiting(chatId: ChatId): readonly UserId[] {
    return this.#awaiting.all(chatId);
  }

  add({ kind, ...data }: PostJob): void {
    const now = this.#jobsClock.now();
    this.#insert.run(kind, JSON.stringify(data), now, now);
  }
}
