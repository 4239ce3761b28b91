import type { Database, Statement } from 'better-sqlite3';
import type { Selectable } from 'kysely';
import type { DecidePost, PostKey } from '../../application/ports/unit-of-work.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { Membership } from '../../domain/chats/membership.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Message, Quote } from '../../domain/messages/message.ts';
import type { Posted } from '../../domain/messages/posting.ts';
import { toMembership } from '../kysely/members.ts';
import { toMessage } from '../kysely/message-rows.ts';
import { QUOTE_COLUMNS, type QuoteRow, toQuote } from '../kysely/quotes.ts';
import type { Schema } from '../kysely/schema.ts';
import { Announced } from './announced.ts';
import { Attached } from './attached.ts';
import type { SqliteJobsClock } from './jobs-clock.ts';
import { Mentioned } from './mentioned.ts';
import { SlowPosts } from './slow-posts.ts';

type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;

/** A chat that the current batch of posts writes to. */
interface OpenChat {
  revision: Revision;
  readonly slowSeconds: number;
  readonly archivedAt: number | null;
  isChanged: boolean;
  readonly members: Map<UserId, Membership | undefined>;
  /** Up to two of the members who have a device that receives push messages. */
  readonly awaiting: readonly UserId[];
}

/**
 * Executes posts one after another, without a turn of the event loop. The posts of a batch share what they read of chats and
 * members, and `finish` writes each chat's revision once.
 */
export class Posts {
  readonly #chat: Statement<[ChatId], Pick<Row<'chats'>, 'revision' | 'slow_seconds' | 'archived_at'>>;
  readonly #member: Statement<[ChatId, UserId], Row<'members'>>;
  readonly #earlier: Statement<[ChatId, UserId, string], Row<'messages'>>;
  readonly #quoted: Statement<[ChatId, Revision], QuoteRow>;
  readonly #insert: Statement<[ChatId, Revision, UserId, string | null, string, number, Revision | null]>;
  readonly #mentioned: Mentioned;
  readonly #announced: Announced;
  readonly #attached: Attached;
  readonly #slow: SlowPosts;
  readonly #advance: Statement<[Revision, ChatId]>;
  readonly #open = new Map<ChatId, OpenChat>();

  constructor(database: Database, jobsClock: Pick<SqliteJobsClock, 'now'>) {
    this.#chat = database.prepare('select revision, slow_seconds, archived_at from chats where id = ?');
    this.#member = database.prepare('select * from members where chat_id = ? and user_id = ?');
    this.#earlier = database.prepare('select * from messages where chat_id = ? and author_id = ? and client_id = ?');
    this.#quoted = database.prepare(`
      select ${QUOTE_COLUMNS} from messages join users on users.id = messages.author_id
      where messages.chat_id = ? and messages.position = ?`);
    this.#insert = database.prepare(`
      insert into messages (chat_id, position, author_id, client_id, kind, text, sent_at, reply_to)
      values (?, ?, ?, ?, 'text', ?, ?, ?)
      on conflict (chat_id, author_id, client_id) where client_id is not null do nothing`);
    this.#mentioned = new Mentioned(database);
    this.#announced = new Announced(database, jobsClock);
    this.#attached = new Attached(database);
    this.#slow = new SlowPosts(database);
    this.#advance = database.prepare('update chats set revision = ? where id = ?');
  }

  /**
   * Decides as if there were no earlier post with this client id, because there rarely is one. The insert tells whether there was.
   * @throws DomainError what `decide` throws: nothing was written. After any other error the transaction has to be rolled back.
   */
  post(key: PostKey, decide: DecidePost): Posted {
    const chat = this.#open.get(key.chatId) ?? this.#openChat(key.chatId);
    const facts = {
      membership: this.#membership(chat, key),
      quoted: key.replyTo === null ? undefined : this.#quote(key.chatId, key.replyTo),
      mentioned: this.#mentioned.find(key),
      staged: this.#attached.find(key),
      hasPushDevices: chat.awaiting.some((userId) => userId !== key.author.id),
      slowMode: chat.slowSeconds === 0 ? undefined : this.#slow.modeOf(key, chat.slowSeconds),
      nextRevision: revision(chat.revision + 1),
    };
    let refusal: unknown;
    try {
      const posted = decide({ ...facts, earlier: undefined });
      if (this.#isStored(posted.message)) {
        chat.revision = facts.nextRevision;
        chat.isChanged = true;
        for (const job of posted.jobs) this.#announced.add(job);
        if (posted.notedAt !== undefined) this.#slow.note(key, posted.notedAt);
        return posted;
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refusal = error;
    }
    const earlier = this.#findEarlier(key);
    if (earlier) return decide({ ...facts, earlier });
    throw refusal ?? new Error('A post was not stored, and no earlier one was found.');
  }

  /** Writes the revisions of the chats, for later statements of the transaction. */
  finish(): void {
    for (const [chatId, { revision, isChanged }] of this.#open) if (isChanged) this.#advance.run(revision, chatId);
    this.#open.clear();
  }

  /** Discards the state of a transaction that was rolled back. */
  abandon(): void {
    this.#open.clear();
  }

  #isStored(message: Message): boolean {
    if (message.kind !== 'text') throw new Error('A post is a text message.');
    const { chatId, position, author, clientId, text, sentAt, replyTo } = message;
    const answered = replyTo?.position ?? null;
    const isStored = this.#insert.run(chatId, position, author.id, clientId, text, sentAt, answered).changes === 1;
    if (isStored && message.mentions.length > 0) this.#mentioned.store(message);
    if (isStored && message.files.length > 0) this.#attached.store(message);
    return isStored;
  }

  #openChat(chatId: ChatId): OpenChat {
    const row = this.#chat.get(chatId);
    const chat = {
      revision: row?.revision ?? revision(0),
      slowSeconds: row?.slow_seconds ?? 0,
      archivedAt: row?.archived_at ?? null,
      isChanged: false,
      members: new Map(),
      awaiting: this.#announced.awaiting(chatId),
    };
    this.#open.set(chatId, chat);
    return chat;
  }

  #findEarlier({ chatId, author, clientId }: PostKey): Message | undefined {
    const row = clientId === null ? undefined : this.#earlier.get(chatId, author.id, clientId);
    if (!row) return undefined;
    const quoted = row.reply_to === null ? undefined : this.#quote(chatId, row.reply_to);
    return toMessage({ ...row, username: author.username }, quoted);
  }

  #quote(chatId: ChatId, position: Revision): Quote | undefined {
    const row = this.#quoted.get(chatId, position);
    return row && toQuote(row);
  }

  #membership({ members, archivedAt }: OpenChat, { chatId, author }: PostKey): Membership | undefined {
    if (members.has(author.id)) return members.get(author.id);
    const row = this.#member.get(chatId, author.id);
    const membership = row && toMembership({ ...row, archived_at: archivedAt });
    members.set(author.id, membership);
    return membership;
  }
}
