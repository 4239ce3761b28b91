import type { ServerFrame } from '../../wire/frames.ts';
import type { TypingFrame } from '../../wire/user-frames.ts';
import { typingWords } from './typing-words.ts';

/** How long a signal is shown. */
const SHOWN_MS = 6_000;

/** The strip above the box that says who is writing. */
export class TypingStrip {
  readonly #strip: HTMLElement;
  /** The names of those who write, in the order in which they began. */
  readonly #names = new Map<number, string>();
  readonly #ends = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(strip: HTMLElement) {
    this.#strip = strip;
  }

  /** A message ends what its author was writing. */
  hear(frame: TypingFrame | Extract<ServerFrame, { type: 'message' }>): void {
    if (frame.type === 'message') this.#end(frame.message.author.id);
    else this.#show(frame.user);
  }

  #show({ id, username }: TypingFrame['user']): void {
    clearTimeout(this.#ends.get(id));
    this.#ends.set(
      id,
      setTimeout(() => this.#end(id), SHOWN_MS),
    );
    if (this.#names.get(id) === username) return;
    this.#names.set(id, username);
    this.#write();
  }

  #end(id: number): void {
    if (!this.#names.delete(id)) return;
    clearTimeout(this.#ends.get(id));
    this.#ends.delete(id);
    this.#write();
  }

  #write(): void {
    const words = typingWords([...this.#names.values()]);
    this.#strip.replaceChildren(...words.map((word) => (typeof word === 'string' ? word : isolated(word.name))));
  }
}

/** A name must not change the direction of the words around it. */
function isolated(name: string): HTMLElement {
  const element = document.createElement('bdi');
  element.textContent = name;
  return element;
}
