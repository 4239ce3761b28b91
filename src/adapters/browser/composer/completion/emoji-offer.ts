import type { NamedEmoji } from '../../../../domain/messages/text/emoji-of.ts';
import { findEmoji } from './emoji.ts';
import { MAX_SHOWN, type Offer, type Option } from './options.ts';
import { RecentEmoji } from './recent-emoji.ts';
import type { Trigger } from './trigger.ts';

/** Offers emoji by their shortcodes. */
export class EmojiOffer {
  readonly #recent: RecentEmoji;
  readonly #changed: () => void;
  #all: readonly NamedEmoji[] = [];
  #isLoading = false;

  /** @param changed called when the emoji have been loaded */
  constructor(main: HTMLElement, changed: () => void) {
    this.#recent = new RecentEmoji(Number(main.dataset.userId));
    this.#changed = changed;
  }

  for({ typed }: Trigger): Offer {
    if (this.#all.length === 0 && !this.#isLoading) this.#load();
    const found = findEmoji({ all: this.#all, typed, recent: this.#recent.all }).slice(0, MAX_SHOWN);
    return { title: 'Emoji', options: found.map((one) => this.#optionOf(one)), isComplete: false };
  }

  #load(): void {
    this.#isLoading = true;
    import('../../../../domain/messages/text/emoji-of.ts')
      .then(
        ({ namedEmoji }) => {
          this.#all = namedEmoji();
          this.#changed();
        },
        // Without a network, shortcodes are typed whole. The next one asks again.
        () => {},
      )
      .finally(() => {
        this.#isLoading = false;
      });
  }

  #optionOf({ emoji, name }: { readonly emoji: string; readonly name: string }): Option {
    const picture = document.createElement('span');
    picture.className = 'completion-emoji';
    picture.ariaHidden = 'true';
    picture.textContent = emoji;
    return { label: `:${name}:`, picture, text: emoji, isWord: false, chosen: () => this.#recent.note(emoji) };
  }
}
