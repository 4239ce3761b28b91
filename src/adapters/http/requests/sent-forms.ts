import type { UserId } from '../../../domain/ids.ts';
import { clientId } from '../../../domain/messages/client-id.ts';
import { formIdFor } from './form-ids.ts';

/** Maximum number of forms remembered; the oldest is forgotten first. */
const MAX_FORMS = 10_000;

export interface SentForm {
  readonly user: UserId;
  /** Undefined where the sender names none: then it cannot be told from another. */
  readonly id: string | undefined;
  /** What it asks for: a form that is gone back to and changed asks for something else. */
  readonly words: string;
}

/**
 * What forms that were sent lately have led to. On a slow line people press a button twice, and without script nothing in
 * the page keeps them from it. Kept in this process alone: after a restart, or by another instance, a form counts as new.
 */
export class SentForms<Outcome> {
  readonly #outcomes = new Map<string, Promise<Outcome>>();

  /**
   * The outcome of the first time, or the work's. What failed may be tried again.
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
    const [oldest] = this.#outcomes.keys();
    if (this.#outcomes.size > MAX_FORMS && oldest !== undefined) this.#outcomes.delete(oldest);
    return outcome;
  }
}
