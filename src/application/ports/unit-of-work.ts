import type { Revision } from '../../domain/chats/chat.ts';
import type { FileId } from '../../domain/files/file.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { ClientId } from '../../domain/messages/client-id.ts';
import type { MentionedNames } from '../../domain/messages/mentions.ts';
import type { Posted, PostFacts } from '../../domain/messages/posting.ts';
import type { Store } from './store.ts';

/** The key by which the facts of a post are looked up. */
export interface PostKey {
  readonly chatId: ChatId;
  readonly author: User;
  readonly clientId: ClientId | null;
  /** The position of the message that the post answers. */
  readonly replyTo: Revision | null;
  readonly names: MentionedNames;
  /** The files of the post; the adapter reads nothing about files for a post without. */
  readonly files: readonly FileId[];
}

/**
 * Decides what to store, or throws a DomainError to store nothing. It must be a pure function of its argument: an adapter may call it
 * more than once.
 */
export type DecidePost = (facts: PostFacts) => Posted;

/** Units commit in the order in which they are started. None sees uncommitted writes of another. */
export interface UnitOfWork {
  /**
   * Runs `work`, commits its writes, and resolves with its result once they are durable. When `work` throws, its writes are discarded and
   * `run` rejects with the same error.
   *
   * `work` must await nothing but the store, must not catch errors of the store, and must have no side effects: hash before, publish
   * after. An adapter may call it more than once; the writes of the last call are kept.
   * @throws DomainError `unavailable` when the storage is full, locked or gone: nothing was stored, and a later attempt may succeed
   */
  run<T>(work: (store: Store) => Promise<T>): Promise<T>;

  /**
   * Posts a message: a unit of work as data, so that an adapter can carry out many of them at the cost of one. If the decision `isNew`, its
   * message is stored at `nextRevision` with its files, which are staged no more, which becomes the chat's revision, its jobs are added, due at once, and `notedAt` becomes the `lastPostAt` of later facts. In a slow chat the
   * facts have the slow mode and the author's last post that was noted. Resolves once that is
   * durable.
   * @throws what `decide` throws, and DomainError `unavailable` as `run` does
   */
  post(key: PostKey, decide: DecidePost): Promise<Posted>;
}
