import { LRUCache } from 'lru-cache';
import type { UserId } from '../../../domain/ids.ts';
import { clientId } from '../../../domain/messages/client-id.ts';
import { formIdFor } from './form-ids.ts';

/** Maximum forms remembered. */
const MAX_FORMS = 10_000;

export interface SentForm {
  readonly user: UserId;
  /** Undefined when the sender names none. Such a form cannot be told from another. */
  readonly id: string | undefined;
  /** What the form asks for. A form that was changed before it was sent again asks for something else. */
  readonly words: string;
}

/**
 * The outcomes of forms that were sent lately. On a slow connection people press a button twice, and without script the
 * page cannot prevent it. The outcomes are kept in this process only: after a restart, or at another instance, a form
 * counts as new.
 */
export class SentForms<Outcome> {
  /** Each counts as one. With `max` the cache would allocate room for all of them at once. */
  readonly #outcomes = new LRUCache<string, Promise<Outcome>>({ maxSize: MAX_FORMS, sizeCalculation: () => 1 });

  /**
   * Answers the outcome of the first time the form was sent; does the work when there was none, or when it failed.
   * @throws DomainError `invalid_client_id`, or what the work throws
   */
  once({ user, id, words }: SentForm, work: () => Promise<Outcome>): Promise<Outcome> {
    if (id === undefined) return work();
    const key = `${user} ${formIdFor(clientId(id), words)}`;
    const earlier = this.#outcomes.get(key);
    if (earlier !== undefined) return earlier;
    const outcome = work();
    this.#outcomes.set(key, outcome);
    outcome.catch(() => this.#outcomes.delete(key));
    return outcome;
  }
}
