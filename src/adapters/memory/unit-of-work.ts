import type { Store } from '../../application/ports/store.ts';
import type { DecidePost, PostKey, UnitOfWork } from '../../application/ports/unit-of-work.ts';
import { revision } from '../../domain/chats/chat.ts';
import { DomainError } from '../../domain/errors.ts';
import { MAX_MENTIONED } from '../../domain/messages/mentions.ts';
import type { Posted } from '../../domain/messages/posting.ts';
import { quoteOf } from '../../domain/messages/quotes.ts';
import { findFiles } from './files.ts';
import { findByClientId } from './messages.ts';
import type { Tables } from './tables.ts';

export interface MemoryUnitOfWork extends UnitOfWork {
  /** The number of committed units. */
  readonly commits: number;
  /** @throws DomainError `unavailable` when it is closed */
  assertOpen(): void;
  /** Refuses new units, and resolves when the started ones have ended. */
  close(): Promise<void>;
}

/** Runs one unit at a time, in the order in which they were started. */
export function makeMemoryUnitOfWork(tables: Tables, store: Store): MemoryUnitOfWork {
  let closed = false;
  let commits = 0;
  let lastEnded: Promise<unknown> = Promise.resolve();

  async function runNow<T>(work: (store: Store) => Promise<T>): Promise<T> {
    try {
      const result = await work(store);
      for (const table of Object.values(tables)) table.commit();
      commits += 1;
      return result;
    } catch (error) {
      for (const table of Object.values(tables)) table.rollback();
      throw error;
    }
  }

  async function run<T>(work: (store: Store) => Promise<T>): Promise<T> {
    assertOpen();
    const unit = lastEnded.then(() => runNow(work));
    lastEnded = unit.catch(() => undefined);
    return unit;
  }

  function assertOpen(): void {
    if (closed) throw new DomainError('unavailable', 'The storage is closed.');
  }

  return {
    assertOpen,

    get commits() {
      return commits;
    },

    run,
    post: (key, decide) => run(() => post({ tables, store }, { key, decide })),

    async close() {
      closed = true;
      await lastEnded;
    },
  };
}

async function post(
  { tables, store }: { readonly tables: Tables; readonly store: Store },
  { key, decide }: { readonly key: PostKey; readonly decide: DecidePost },
): Promise<Posted> {
  const { chatId, author, clientId, replyTo, names } = key;
  const membership = await store.members.find(chatId, author.id);
  const earlier = clientId === null ? undefined : findByClientId(tables, { chatId, authorId: author.id, clientId });
  const original = replyTo === null ? undefined : await store.messages.find({ chatId, position: replyTo });
  const quoted = original && quoteOf(original);
  const everyone = names.everyone ? await store.members.list(chatId, undefined, MAX_MENTIONED + 1) : [];
  const mentioned = {
    named: await store.members.named(chatId, names.keys),
    everyone: everyone.map(({ user }) => user),
  };
  const { revision: last = 0, slowSeconds } = tables.chats.current.get(chatId) ?? {};
  const lastPostAt = tables.slowPosts.current.get(`${chatId}/${author.id}`);
  const slowMode = slowSeconds === undefined ? undefined : { seconds: slowSeconds, lastPostAt };
  const devices = await store.pushDevices.ofMembers(chatId);
  const hasPushDevices = devices.some(({ userId }) => userId !== author.id);
  const nextRevision = revision(last + 1);
  const staged = findFiles(tables, key.files);
  const posted = decide({ staged, membership, earlier, quoted, mentioned, hasPushDevices, slowMode, nextRevision });
  if (!posted.isNew) return posted;
  await store.chats.nextRevision(chatId);
  await store.messages.add(posted.message);
  if (posted.notedAt !== undefined) tables.slowPosts.put(`${chatId}/${author.id}`, posted.notedAt);
  for (const job of posted.jobs) await store.jobs.add(job, { delayMs: 0 });
  return posted;
}
