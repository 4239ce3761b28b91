import type { NamedEmoji } from '../../../../domain/messages/text/emoji-of.ts';
import { EmojiMemory } from '../../emoji/emoji-memory.ts';
import { type SkinTone, toned } from '../../emoji/skin-tones.ts';
import { type FoundEmoji, findEmoji } from './emoji.ts';
import { MAX_SHOWN, type Offer, type Option } from './options.ts';
import type { Trigger } from './trigger.ts';

/** Offers emoji by their shortcodes, in the skin tone that the reader has chosen in the picker. */
export class EmojiOffer {
  readonly #memory: EmojiMemory;
  readonly #changed: () => void;
  #all: readonly NamedEmoji[] = [];
  #isLoading = false;

  /** @param changed called when the emoji have been loaded */
  constructor(main: HTMLElement, changed: () => void) {
    this.#memory = new EmojiMemory(Number(main.dataset.userId));
    this.#changed = changed;
  }

  for({ typed }: Trigger): Offer {
    if (this.#all.length === 0 && !this.#isLoading) this.#load();
    const found = findEmoji({ all: this.#all, typed, recent: this.#memory.recent }).slice(0, MAX_SHOWN);
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

  #optionOf({ emoji: untoned, name }: FoundEmoji): Option {
    const emoji = inTone(untoned, this.#memory.tone);
    const picture = document.createElement('span');
    picture.className = 'completion-emoji';
    picture.ariaHidden = 'true';
    picture.textContent = emoji;
    return { label: `:${name}:`, picture, text: emoji, isWord: false, chosen: () => this.#memory.use(emoji) };
  }
}

/** Not every emoji with a person has tones. */
function inTone(emoji: string, tone: SkinTone): string {
  const form = toned(emoji, tone);
  return /^\p{RGI_Emoji}$/v.test(form) ? form : emoji;
}
