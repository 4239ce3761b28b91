import type { TypingFrame } from '../../wire/user-frames.ts';
import { typingWords } from './typing-words.ts';

/** How long a signal is shown. */
const SHOWN_MS = 6_000;

/** The people who are writing in a chat. */
export class TypingPeople {
  readonly #show: (words: readonly (string | Node)[]) => void;
  /** Their names, in the order in which they began. */
  readonly #names = new Map<number, string>();
  readonly #ends = new Map<number, ReturnType<typeof setTimeout>>();

  /** `show` is called with what is to be said of them, whenever that has changed. */
  constructor(show: (words: readonly (string | Node)[]) => void) {
    this.#show = show;
  }

  add({ id, username }: TypingFrame['user']): void {
    clearTimeout(this.#ends.get(id));
    this.#ends.set(
      id,
      setTimeout(() => this.remove(id), SHOWN_MS),
    );
    if (this.#names.get(id) === username) return;
    this.#names.set(id, username);
    this.#changed();
  }

  remove(id: number): void {
    if (!this.#names.delete(id)) return;
    clearTimeout(this.#ends.get(id));
    this.#ends.delete(id);
    this.#changed();
  }

  #changed(): void {
    const words = typingWords([...this.#names.values()]);
    this.#show(words.map((word) => (typeof word === 'string' ? word : isolated(word.name))));
  }
}

/** A name must not change the direction of the words around it. */
function isolated(name: string): HTMLElement {
  const element = document.createElement('bdi');
  element.textContent = name;
  return element;
}
