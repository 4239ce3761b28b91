/** Letters that follow each other within this time are one word, in ms. */
const WITHIN_MS = 800;

interface Press {
  readonly key: string;
  /** In ms. */
  readonly timeStamp: number;
}

/** The beginning of a name that is being typed. */
export class TypedWord {
  #word = '';
  #at = 0;

  /**
   * The index of the next name that begins with what was typed, or undefined. One letter, also typed repeatedly, leads from name to name.
   * @param index the present place, or -1
   */
  find({ key, timeStamp }: Press, names: readonly string[], index: number): number | undefined {
    const begun = timeStamp - this.#at < WITHIN_MS ? this.#word : '';
    // A space within a name; at its beginning it has another meaning.
    if (!LETTER.test(key) && !(key === ' ' && begun !== '')) return undefined;
    this.#word = begun + key;
    this.#at = timeStamp;
    const word = /^(.)\1+$/u.test(this.#word) ? key : this.#word;
    // A longer word may still be the beginning of the name at which its first letter arrived.
    const start = word.length > key.length ? index : index + 1;
    const order = names.map((_, offset) => (Math.max(start, 0) + offset) % names.length);
    return order.find((place) => startsWith(names[place] ?? '', word));
  }
}

const LETTER = /^[\p{L}\p{N}]$/u;

const collator = new Intl.Collator(undefined, { sensitivity: 'base', usage: 'search' });

const startsWith = (name: string, word: string): boolean => collator.compare(name.slice(0, word.length), word) === 0;
