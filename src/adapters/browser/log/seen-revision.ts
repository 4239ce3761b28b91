import type { WireMessage } from '../../wire/message.ts';

/**
 * The revision up to which everything in the chat has been received.
 *
 * Messages come in order of revision, so the latest one tells, with one exception: what the server sends again because this
 * client posted it again may overtake messages that were missed in between. Such a message counts only when it is the next.
 */
export class SeenRevision {
  #value: number;

  constructor(value: number) {
    this.#value = value;
  }

  get value(): number {
    return this.#value;
  }

  /** The history is loaded again up to here. */
  restart(revision: number): void {
    this.#value = revision;
  }

  /** Whether the message is one that was posted after all that has been received. */
  isBefore({ position, revision }: Pick<WireMessage, 'position' | 'revision'>): boolean {
    return position === revision && revision > this.#value;
  }

  receive({ revision, sentAgain }: { readonly revision: number; readonly sentAgain: boolean }): void {
    if (!sentAgain) this.#value = Math.max(this.#value, revision);
    else if (revision === this.#value + 1) this.#value = revision;
  }
}
