import type { Selectable } from 'kysely';
import type { Store } from '../../application/ports/store.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { ClientId } from '../../domain/messages/client-id.ts';
import type { Message } from '../../domain/messages/message.ts';
import { toMessage } from '../kysely/messages.ts';
import type { Schema } from '../kysely/schema.ts';
import type { SqlDatabase } from '../kysely/sql-database.ts';
import { findingMembers } from './looking-up.ts';
import { columns, together } from './together.ts';
import type { Writer } from './writer.ts';

const FIND_SENT = `
  select messages.*
  from unnest($1::bigint[], $2::bigint[], $3::text[]) as asked (chat_id, author_id, client_id)
  join messages using (chat_id, author_id, client_id)`;

/** In one order everywhere, so that of two instances that hold the same chats none waits for the other in a circle. */
const HOLD = 'select id, revision from chats where id = any($1::bigint[]) order by id for no key update';

const ADVANCE = `
  update chats set revision = taken.revision
  from unnest($1::bigint[], $2::bigint[]) as taken (id, revision) where chats.id = taken.id`;

const INSERT = `
  insert into messages (chat_id, position, author_id, client_id, kind, text, sent_at)
  select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[])`;

interface SentKey {
  readonly chatId: ChatId;
  readonly author: User;
  readonly clientId: ClientId;
}

/**
 * What units of work that post side by side ask for, with a statement for each of their steps. Only what they read is waited
 * for: their chats are held from the beginning, so that the next revisions are known, and what they write goes out together
 * with the commit, which cannot succeed when any of it has failed.
 */
export class Posting {
  readonly store: Store;
  readonly #db: SqlDatabase;
  readonly #writer: Writer;
  /** What was asked for as sent, in this transaction. */
  readonly #asked = new Set<string>();
  /** The chats that are held, and their revisions. */
  #held: Promise<Map<ChatId, Revision>> = Promise.resolve(new Map());

  constructor({ store, db, writer }: { readonly store: Store; readonly db: SqlDatabase; readonly writer: Writer }) {
    this.#db = db;
    this.#writer = writer;
    const sentAs = together({
      one: ({ chatId, author, clientId }: SentKey) => store.messages.sentAs(chatId, author, clientId),
      several: (keys) => this.#findSent(keys),
    });
    const nextRevision = together({ several: (chatIds: readonly ChatId[]) => this.#takeRevisions(chatIds) });
    const add = together({ several: async (messages: readonly Message[]) => this.#insert(messages) });
    this.store = {
      ...store,
      members: { ...store.members, find: findingMembers(store, db) },
      chats: { ...store.chats, nextRevision },
      messages: {
        ...store.messages,
        sentAs: (chatId, author, clientId) =>
          this.#once({ chatId, author, clientId }) ?? sentAs({ chatId, author, clientId }),
        add,
      },
    };
  }

  /** To be called before the units begin. */
  begin(): void {
    this.#asked.clear();
  }

  /** To be called once the units have begun: the members' rows are held before the chats', here as elsewhere. */
  hold(chatIds: ReadonlySet<ChatId>): void {
    this.#held = new Promise((resolve, reject) => {
      process.nextTick(() => this.#readHeld(chatIds).then(resolve, reject));
    });
    // Whoever takes a revision waits for it; perhaps nobody does.
    this.#held.catch(() => undefined);
  }

  async #readHeld(chatIds: ReadonlySet<ChatId>): Promise<Map<ChatId, Revision>> {
    const rows = await this.#db.run<{ id: ChatId; revision: Revision }>(HOLD, [[...chatIds]]);
    await this.#writer.begun;
    return new Map(rows.map((row) => [row.id, row.revision]));
  }

  /** Fails for the second of two that send the same: it would not see the first, and comes after it instead. */
  #once({ chatId, author, clientId }: SentKey): Promise<never> | undefined {
    const key = `${chatId} ${author.id} ${clientId}`;
    if (this.#asked.has(key)) return Promise.reject(new Error('The same is posted beside this.'));
    this.#asked.add(key);
    return undefined;
  }

  async #findSent(keys: readonly SentKey[]) {
    const authors = keys.map(({ author }) => author.id);
    const [chats, clients] = columns(keys, 'chatId', 'clientId');
    const rows = await this.#db.run<Selectable<Schema['messages']>>(FIND_SENT, [chats, authors, clients]);
    const found = new Map(rows.map((row) => [`${row.chat_id} ${row.author_id} ${row.client_id}`, row]));
    return keys.map(({ chatId, author, clientId }) => {
      const row = found.get(`${chatId} ${author.id} ${clientId}`);
      return row && toMessage({ ...row, username: author.username });
    });
  }

  async #takeRevisions(chatIds: readonly ChatId[]): Promise<readonly Revision[]> {
    const held = await this.#held;
    const taken = chatIds.map((chatId) => {
      const last = held.get(chatId);
      if (last === undefined) throw new Error(`There is no chat ${chatId} to take a revision of.`);
      const next = revision(last + 1);
      held.set(chatId, next);
      return next;
    });
    const advanced = [...new Set(chatIds)];
    this.#writer.send(ADVANCE, [advanced, advanced.map((id) => held.get(id))]);
    return taken;
  }

  #insert(messages: readonly Message[]): readonly undefined[] {
    const authors = messages.map(({ author }) => author.id);
    const [chats, positions] = columns(messages, 'chatId', 'position');
    const rest = columns(messages, 'clientId', 'kind', 'text', 'sentAt');
    this.#writer.send(INSERT, [chats, positions, authors, ...rest]);
    return messages.map(() => undefined);
  }
}
