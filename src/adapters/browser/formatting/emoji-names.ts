import type { EmojiOf } from '../../../domain/messages/text/shortcodes.ts';

let emojiOf: EmojiOf | undefined;
let loading: Promise<void> | undefined;
let isMissed = false;

/** The emoji of shortcodes. Their names take 17 kB, so they are loaded when a text first has something like a shortcode. */
export const emojiNames = {
  of(shortcode: string): string | undefined {
    if (!emojiOf) isMissed = true;
    return emojiOf?.(shortcode);
  },

  /** Calls back when the names are known, if a shortcode has been looked up without them since the last call of this. */
  ifMissed(then: () => void): void {
    if (!isMissed) return;
    isMissed = false;
    loading ??= import('../../../domain/messages/text/emoji-of.ts').then((module) => {
      emojiOf = module.emojiOf;
    });
    loading.then(then, () => {
      // Without a network, shortcodes stay text until another one arrives.
      loading = undefined;
    });
  },
};
