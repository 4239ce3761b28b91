import textTemplate from '../../../../templates/partials/text.eta';
import { parseText } from '../../../domain/messages/text/parse-text.ts';
import { plainText } from '../../../domain/messages/text/plain-text.ts';
import { formatter } from '../../wire/formatted-text.ts';
import { emojiNames } from './emoji-names.ts';

/** Formats as the server does, once the names of emoji are loaded. */
export const format = formatter({ emojiOf: emojiNames.of, render: textTemplate });

/** The text as it is read out, without markup. */
export const plain = (text: string): string => plainText(parseText(text, emojiNames.of));

/** Calls back when a text can be formatted better, because it has a shortcode and the names of emoji were not loaded. */
export const onEmojiLoaded = (then: () => void): void => emojiNames.ifMissed(then);
