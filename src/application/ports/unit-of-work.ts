import type { User } from '../../domain/identity/user.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { ClientId } from '../../domain/messages/client-id.ts';
import type { Posted, PostFacts } from '../../domain/messages/posting.ts';
import type { Store } from './store.ts';

/** What the facts of a post are looked up by. */
export interface PostKey {
  readonly chatId: ChatId;
  readonly author: User;
  readonly clientId: ClientId | null;
}

/**
 * Says what to store, or throws a DomainError: then nothing is stored. A pure function of its argument, since an adapter may
 * call it more than once.
 */
export type DecidePost = (facts: PostFacts) => Posted;

/** Units that are started one after another commit in that order. None sees what another has not yet committed. */
export interface UnitOfWork {
  /**
   * Runs `work` and commits what it wrote; resolves with its result once that is durable. When `work` throws, nothing of
   * it is kept and `run` rejects with what it threw.
   *
   * `work` awaits nothing but the store, catches nothing that it throws, and does nothing that cannot be undone: hash before,
   * publish after. An adapter may call it more than once, and keeps what the last call wrote.
   * @throws DomainError `unavailable` when the storage is full, locked or gone: nothing was kept, trying later may help
   */
  run<T>(work: (store: Store) => Promise<T>): Promise<T>;

  /**
   * Posts a message: a unit of its own, but as data, so that an adapter can carry out many of them at the cost of one. The
   * message of a decision with `isNew` is stored, at `nextRevision`, which becomes the chat's revision. Resolves once that is durable.
   * @throws what `decide` throws, and DomainError `unavailable` as `run` does
   */
  post(key: PostKey, decide: DecidePost): Promise<Posted>;
}
