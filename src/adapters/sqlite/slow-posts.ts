import type { Database, Statement } from 'better-sqlite3';
import type { PostKey } from '../../application/ports/unit-of-work.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { SlowMode } from '../../domain/moderation/slow-mode.ts';

/** When members posted last in slow chats. Posts to other chats do not touch it. */
export class SlowPosts {
  readonly #last: Statement<[ChatId, UserId], number>;
  readonly #note: Statement<[ChatId, UserId, number]>;

  constructor(database: Database) {
    this.#last = database
      .prepare<[ChatId, UserId], number>('select posted_at from slow_posts where chat_id = ? and user_id = ?')
      .pluck();
    this.#note = database.prepare(`
      insert into slow_posts (chat_id, user_id, posted_at) values (?, ?, ?)
      on conflict (chat_id, user_id) do update set posted_at = excluded.posted_at`);
  }

  modeOf({ chatId, author }: PostKey, seconds: number): SlowMode {
    return { seconds, lastPostAt: this.#last.get(chatId, author.id) };
  }

  note({ chatId, author }: PostKey, at: number): void {
    this.#note.run(chatId, author.id, at);
  }
}
