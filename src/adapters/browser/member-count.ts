import type { WireMessage } from '../wire/message.ts';

/** How many are in the chat, as of a revision and from there on: nobody joins without a notice. */
export class MemberCount {
  #count: number;
  #asOf: number;
  readonly #changed: (count: number) => void;

  constructor(options: {
    readonly count: number;
    readonly asOf: number;
    readonly changed: (count: number) => void;
  }) {
    this.#count = options.count;
    this.#asOf = options.asOf;
    this.#changed = options.changed;
  }

  /** To be told of every message that comes, in order; what has been seen already changes nothing. */
  see({ kind, position }: Pick<WireMessage, 'kind' | 'position'>): void {
    if (kind !== 'notice' || position <= this.#asOf) return;
    this.#asOf = position;
    this.#count += 1;
    this.#changed(this.#count);
  }
}
