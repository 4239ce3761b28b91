import { firstCodePoints } from '../code-points.ts';
import type { FileId, FileName } from '../files/file.ts';
import { showsSomething } from '../visible-text.ts';

/** The image of every card has this name. */
export const CARD_IMAGE_NAME = 'card.webp' as FileName;

/** What is shown of the page that a message links to. */
export interface LinkCard {
  /** The address in the message, with `http:` or `https:`. */
  readonly href: string;
  readonly title: string;
  /** Empty where the page has none, as the next one. */
  readonly description: string;
  readonly site: string;
  /** Null where the page has none. */
  readonly image: CardImage | null;
}

/** A copy of the page's image, a file of the message. */
export interface CardImage {
  readonly id: FileId;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** In code points. */
const LONGEST = { title: 150, description: 300, site: 60 } as const;

/** The texts of a page as a card shows them; undefined for a page without a title. */
export function cardTexts(page: {
  readonly title: string;
  readonly description: string;
  readonly site: string;
}): Pick<LinkCard, 'title' | 'description' | 'site'> | undefined {
  const title = shown(page.title, LONGEST.title);
  if (title === '') return undefined;
  const description = shown(page.description, LONGEST.description);
  return { title, description: description === title ? '' : description, site: shown(page.site, LONGEST.site) };
}

/** On one line, without characters that show nothing or change the order of others. */
function shown(text: string, longest: number): string {
  const visible = text
    .slice(0, 20 * longest)
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gv, ' ')
    .replaceAll(/[\p{Bidi_Control}\u206a-\u206f\p{Noncharacter_Code_Point}\ufffc\ufeff\u200b]/gv, '')
    .trim();
  if (!showsSomething(visible)) return '';
  const cut = firstCodePoints(visible, longest);
  return cut === visible ? visible : `${cut.trimEnd()}…`;
}
