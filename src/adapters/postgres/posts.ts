import type { Selectable } from 'kysely';
import type { MessagePlace } from '../../application/ports/messages.ts';
import type { PostKey } from '../../application/ports/unit-of-work.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { Membership } from '../../domain/chats/membership.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { ClientId } from '../../domain/messages/client-id.ts';
import type { Message } from '../../domain/messages/message.ts';
import type { Posted } from '../../domain/messages/posting.ts';
import { toMessage, toRow } from '../kysely/message-rows.ts';
import type { Schema } from '../kysely/schema.ts';
import type { SqlDatabase } from '../kysely/sql-database.ts';
import type { PostUnit } from '../kysely/units.ts';
import { type Awaiting, findAwaiting, storeJobs } from './announced.ts';
import { findStaged, noteAttached, type Staged, stagedFor, storeAttached } from './attached.ts';
import { columns } from './batch.ts';
import { memberKey, membershipsOf } from './memberships.ts';
import { findMentioned, type Mentioned, mentionedBy, storeMentions } from './mentioned.ts';
import { findQuoted, placeKey, type Quotes, quotedBy } from './quoted.ts';
import { findSlow, noteInSlow, noteSlowPosts, type SlowChats, slowModeOf } from './slow-posts.ts';
import type { Writer } from './writer.ts';

type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;

const HOLD_MEMBERS = `
  select members.* from unnest($1::bigint[], $2::bigint[]) as asked (chat_id, user_id)
  join members using (chat_id, user_id) for share of members`;

/** Locks in one order everywhere, so that instances cannot deadlock on the same chats. */
const HOLD_CHATS = `
  select id, revision, slow_seconds, archived_at from chats where id = any($1::bigint[]) order by id for no key update`;

/** Runs after the chats are locked: a post of another instance to them is either visible here or comes later. */
const FIND_EARLIER = `
  select messages.* from unnest($1::bigint[], $2::bigint[], $3::text[]) as asked (chat_id, author_id, client_id)
  join messages using (chat_id, author_id, client_id)`;

const ADVANCE = `
  update chats set revision = taken.revision
  from unnest($1::bigint[], $2::bigint[]) as taken (id, revision) where chats.id = taken.id`;

const INSERT = `
  insert into messages (chat_id, position, author_id, client_id, kind, text, sent_at, reply_to)
  select * from unnest(
    $1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[])`;

/** The outcome of a post. A refused post has stored nothing. */
export type Decision = { readonly posted: Posted } | { readonly refusal: DomainError };

interface Facts {
  readonly members: Map<string, Membership>;
  readonly revisions: Map<ChatId, Revision>;
  readonly earlier: Map<string, Message>;
  readonly quotes: Quotes;
  readonly mentioned: Mentioned;
  readonly awaiting: Awaiting;
  readonly slow: SlowChats;
  readonly staged: Staged;
}

/**
 * Executes any number of posts in two round trips. The first reads and locks the facts; the second writes the messages together
 * with the commit, which cannot succeed when a write has failed.
 */
export class Posts {
  readonly #db: SqlDatabase;
  readonly #writer: Writer;

  constructor({ db, writer }: { readonly db: SqlDatabase; readonly writer: Writer }) {
    this.#db = db;
    this.#writer = writer;
  }

  /** Decides the posts in order. When this resolves, the writes have been sent and may still fail. */
  async decide(units: readonly PostUnit[]): Promise<readonly Decision[]> {
    const facts = await this.#read(units);
    const stored: Posted[] = [];
    const decisions = units.map((unit) => decideOne(unit, facts, stored));
    if (stored.length > 0) this.#write(stored, facts.revisions);
    return decisions;
  }

  async #read(units: readonly PostUnit[]): Promise<Facts> {
    const keys = units.map(({ key }) => key);
    const chatIds = [...new Set(keys.map(({ chatId }) => chatId))];
    const named = keys.filter(({ clientId }) => clientId !== null);
    const [chats, authors] = [keys.map(({ chatId }) => chatId), keys.map(({ author }) => author.id)];
    // Sent in this order within one turn of the event loop, and so in one write. Members are locked before chats, as everywhere. What
    // is read after the chats are locked stays as it is until the commit.
    const [members, revisions, earlier, quotes, mentioned, awaiting, staged] = await Promise.all([
      this.#db.run<Row<'members'>>(HOLD_MEMBERS, [chats, authors]),
      this.#db.run<Pick<Row<'chats'>, 'id' | 'revision' | 'slow_seconds' | 'archived_at'>>(HOLD_CHATS, [chatIds]),
      named.length === 0
        ? []
        : this.#db.run<Row<'messages'>>(FIND_EARLIER, [
            named.map(({ chatId }) => chatId),
            named.map(({ author }) => author.id),
            named.map(({ clientId }) => clientId),
          ]),
      findQuoted(
        this.#db,
        keys.flatMap(({ chatId, replyTo }) => answered(chatId, replyTo)),
      ),
      findMentioned(this.#db, keys),
      findAwaiting(this.#db, chatIds),
      findStaged(this.#db, keys),
    ]);
    const unread = earlier
      .flatMap((row) => answered(row.chat_id, row.reply_to))
      .filter((at) => !quotes.has(placeKey(at)));
    for (const [key, quote] of await findQuoted(this.#db, unread)) quotes.set(key, quote);
    return {
      slow: await findSlow(this.#db, keys, revisions),
      staged,
      members: membershipsOf(members, revisions),
      revisions: new Map(revisions.map((row) => [row.id, row.revision])),
      earlier: earlierPosts(earlier, keys, quotes),
      quotes,
      mentioned,
      awaiting,
    };
  }

  #write(stored: readonly Posted[], revisions: Facts['revisions']): void {
    const messages = stored.map(({ message }) => message);
    const advanced = [...new Set(messages.map(({ chatId }) => chatId))];
    this.#writer.send(ADVANCE, [advanced, advanced.map((id) => revisions.get(id))]);
    const rows = messages.map(toRow);
    this.#writer.send(
      INSERT,
      columns(rows, 'chat_id', 'position', 'author_id', 'client_id', 'kind', 'text', 'sent_at', 'reply_to'),
    );
    noteSlowPosts(this.#writer, stored);
    storeMentions(this.#writer, messages);
    storeAttached(this.#writer, messages);
    storeJobs(
      this.#writer,
      stored.flatMap(({ jobs }) => jobs),
    );
  }
}

function earlierPosts(rows: readonly Row<'messages'>[], keys: readonly PostKey[], quotes: Quotes): Facts['earlier'] {
  const names = new Map(keys.map(({ author }) => [author.id, author.username]));
  const earlier: Facts['earlier'] = new Map();
  for (const row of rows) {
    const username = names.get(row.author_id);
    if (row.client_id === null || username === undefined) continue;
    const [at] = answered(row.chat_id, row.reply_to);
    const message = toMessage({ ...row, username }, at && quotes.get(placeKey(at)));
    earlier.set(clientKey(row.chat_id, row.author_id, row.client_id), message);
  }
  return earlier;
}

/** Adds what it stores to the facts, for the posts behind it, and to `stored`. */
function decideOne({ key, decide }: PostUnit, facts: Facts, stored: Posted[]): Decision {
  const { members, revisions } = facts;
  const { chatId, author, clientId } = key;
  const nextRevision = revision((revisions.get(chatId) ?? 0) + 1);
  const sent = clientId === null ? undefined : clientKey(chatId, author.id, clientId);
  try {
    const membership = members.get(memberKey(chatId, author.id));
    const earlier = sent === undefined ? undefined : facts.earlier.get(sent);
    const posted = decide({
      membership,
      earlier,
      quoted: quotedBy(key, facts.quotes, stored),
      mentioned: mentionedBy(facts.mentioned, key),
      staged: stagedFor(facts.staged, key),
      hasPushDevices: (facts.awaiting.get(chatId) ?? []).some((userId) => userId !== author.id),
      slowMode: slowModeOf(facts.slow, key),
      nextRevision,
    });
    if (!posted.isNew) return { posted };
    stored.push(posted);
    if (posted.notedAt !== undefined) noteInSlow(facts.slow, key, posted.notedAt);
    noteAttached(facts.staged, key.files, nextRevision);
    revisions.set(chatId, nextRevision);
    if (sent !== undefined) facts.earlier.set(sent, posted.message);
    return { posted };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { refusal: error };
  }
}

const answered = (chatId: ChatId, position: Revision | null): readonly MessagePlace[] =>
  position === null ? [] : [{ chatId, position }];

function clientKey(chatId: ChatId, authorId: UserId, clientId: ClientId): string {
  return `${chatId} ${authorId} ${clientId}`;
}
