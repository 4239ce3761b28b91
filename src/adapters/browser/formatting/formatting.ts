import type { WireMessage } from '../../wire/message.ts';
import type { FormattedText } from '../../wire/message-row.ts';
import { part } from '../shell/part.ts';
import { escapeHtml } from '../templates/escape-html.ts';

type Loaded = typeof import('./format.ts');

let loaded: Loaded | undefined;
let loading: Promise<Loaded> | undefined;
let isMissed = false;

/**
 * Formats messages that arrive and that are written here; the page comes with those of the server formatted. The parser is loaded with
 * the first text that needs it. Until then, and for good where it cannot be loaded, such a text is shown as it was written.
 */
export const formatting = {
  format(message: WireMessage, viewerId: number): FormattedText {
    if (loaded) return loaded.format(message, viewerId);
    isMissed = true;
    return { html: escapeHtml(message.text), hasBlocks: false, source: null, isEmojiOnly: false };
  },

  /** Renders the text of a row again when what was missing for it is loaded. To be called after each row that was rendered. */
  ifIncomplete(row: HTMLElement, rendered: () => HTMLElement): void {
    if (!isMissed && !loaded) return;
    let text = part(row, '.message-text', HTMLElement);
    const renew = () => {
      text = replaceText(text, rendered());
    };
    if (!isMissed) {
      loaded?.onEmojiLoaded(renew);
      return;
    }
    isMissed = false;
    // A spoiler must not show its words to others for a moment.
    if (!row.matches('.own')) text.dataset.unformatted = '';
    loading ??= import('./format.ts');
    loading.then(
      (module) => {
        loaded = module;
        renew();
        module.onEmojiLoaded(renew);
      },
      () => {
        loading = undefined;
        delete text.dataset.unformatted;
      },
    );
  },

  /** Shows the text of one row in another, where it has been announced. */
  take(row: HTMLElement, from: HTMLElement): void {
    const text = part(from, '.message-text', HTMLElement);
    text.ariaLive = 'off';
    part(row, '.message-text', HTMLElement).replaceWith(text);
  },
};

/** Returns the text that is shown now. The rest of the row may have changed since it was rendered. */
function replaceText(text: HTMLElement, row: HTMLElement): HTMLElement {
  const renewed = part(row, '.message-text', HTMLElement);
  const article = text.closest('article');
  article?.classList.toggle('emoji-only', row.classList.contains('emoji-only'));
  // The text was announced as it was.
  if (article) article.ariaLive = 'off';
  text.replaceWith(renewed);
  return renewed;
}
