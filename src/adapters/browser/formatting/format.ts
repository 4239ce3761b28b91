import textTemplate from '../../../../templates/partials/text.eta';
import { formatter } from '../../wire/formatted-text.ts';
import { emojiNames } from './emoji-names.ts';

/** Formats as the server does, once the names of emoji are loaded. */
export const format = formatter({ emojiOf: emojiNames.of, render: textTemplate });

/** Calls back when a text can be formatted better, because it has a shortcode and the names of emoji were not loaded. */
export const onEmojiLoaded = (then: () => void): void => emojiNames.ifMissed(then);
