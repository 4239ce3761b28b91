import type { Database, Statement } from 'better-sqlite3';
import type { PostKey } from '../../application/ports/unit-of-work.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { MAX_MENTIONED, type MentionedMembers, NO_MEMBERS, NO_NAMES } from '../../domain/messages/mentions.ts';
import type { TextMessage } from '../../domain/messages/message.ts';

/** The mentions of posts. It executes nothing for a post without any. */
export class Mentioned {
  readonly #named: Statement<[ChatId, string], User>;
  readonly #everyone: Statement<[ChatId, number], User>;
  readonly #insert: Statement<[ChatId, Revision, number, UserId, string]>;

  constructor(database: Database) {
    const members = 'select users.id, users.username from members join users on users.id = members.user_id';
    this.#named = database.prepare(`
      ${members} where members.chat_id = ? and users.username_key in (select value from json_each(?))`);
    this.#everyone = database.prepare(`${members} where members.chat_id = ? limit ?`);
    this.#insert = database.prepare(
      'insert into mentions (chat_id, position, place, user_id, name) values (?, ?, ?, ?, ?)',
    );
  }

  find({ chatId, names }: PostKey): MentionedMembers {
    if (names === NO_NAMES) return NO_MEMBERS;
    return {
      named: this.#named.all(chatId, JSON.stringify(names.keys)),
      everyone: names.everyone ? this.#everyone.all(chatId, MAX_MENTIONED + 1) : [],
    };
  }

  store({ chatId, position, mentions }: TextMessage): void {
    for (const [place, { userId, name }] of mentions.entries()) this.#insert.run(chatId, position, place, userId, name);
  }
}
