import type { WireCard, WireMessage } from './message.ts';

/** What the template of a card shows. */
export interface ShownCard extends Pick<WireCard, 'url' | 'title' | 'description' | 'image'> {
  /** What the site calls itself; empty where it does not, or by its host. */
  readonly site: string;
  /** Where the link leads to, as in `example.org`. */
  readonly host: string;
  /** The image is shown over the words. */
  readonly isWide: boolean;
  /** Where its author removes it; undefined for everybody else. */
  readonly removeAt: string | undefined;
}

const WIDE = { ratio: 1.4, pixels: 320 } as const;

export function shownCard({ card, author, ...at }: WireMessage, viewerId: number): ShownCard | undefined {
  if (!card) return undefined;
  const { url, title, description, image } = card;
  const host = new URL(url).host.replace(/^www\./, '');
  const isWide = image !== null && image.width >= WIDE.pixels && image.width >= WIDE.ratio * image.height;
  const site = card.site.toLowerCase() === host ? '' : card.site;
  const removeAt = author.id === viewerId ? `/chat/${at.chat_id}/messages/${at.position}/card/remove` : undefined;
  return { url, title, description, image, site, host, isWide, removeAt };
}
