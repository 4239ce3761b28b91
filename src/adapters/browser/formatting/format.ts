import textTemplate from '../../../../templates/partials/text.eta';
import { parseText } from '../../../domain/messages/text/parse-text.ts';
import { plainText } from '../../../domain/messages/text/plain-text.ts';
import { formatter } from '../../wire/formatted-text.ts';
import type { WireMessage } from '../../wire/message.ts';
import type { FormattedText } from '../../wire/message-row.ts';
import { watchCards } from './cards.ts';
import { emojiNames } from './emoji-names.ts';

const formatText = formatter({ emojiOf: emojiNames.of, render: textTemplate });

/** Formats as the server does, once the names of emoji are loaded. */
export function format(message: WireMessage, viewerId: number): FormattedText {
  if (message.card) watchCards();
  return formatText(message, viewerId);
}

/** The text as it is read out, without markup. */
export const plain = (text: string): string => plainText(parseText(text, emojiNames.of));

/** Calls back when a text can be formatted better, because it has a shortcode and the names of emoji were not loaded. */
export const onEmojiLoaded = (then: () => void): void => emojiNames.ifMissed(then);
