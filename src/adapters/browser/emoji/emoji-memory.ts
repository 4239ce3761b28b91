import { privateStorage } from '../storage/private-storage.ts';
import { isSkinTone, type SkinTone } from './skin-tones.ts';

const MAX_RECENT = 16;

/** What this browser remembers: the emoji that were chosen last, in the picker or by completion, and the skin tone. */
export class EmojiMemory {
  readonly #name: string;

  constructor(userId: number) {
    this.#name = `emoji-picker:${userId}`;
  }

  get recent(): readonly string[] {
    return this.#read().slice(1);
  }

  get tone(): SkinTone {
    const tone = Number(this.#read()[0]);
    return isSkinTone(tone) ? tone : 0;
  }

  set tone(tone: SkinTone) {
    this.#write(tone, this.recent);
  }

  use(emoji: string): void {
    this.#write(this.tone, [emoji, ...this.recent.filter((other) => other !== emoji)].slice(0, MAX_RECENT));
  }

  #read(): readonly string[] {
    return (privateStorage.read(this.#name) ?? '0').split(' ').filter(Boolean);
  }

  #write(tone: SkinTone, recent: readonly string[]): void {
    privateStorage.write(this.#name, [tone, ...recent].join(' '));
  }
}
