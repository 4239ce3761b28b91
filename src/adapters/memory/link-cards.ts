import type { LinkCards, NewCard } from '../../application/ports/link-cards.ts';
import type { MessagePlace } from '../../application/ports/messages.ts';
import { CARD_IMAGE_NAME, type LinkCard } from '../../domain/cards/link-card.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import { type BlobKey, fileId } from '../../domain/files/file.ts';
import { messageId } from '../../domain/messages/message.ts';
import { noteChange } from './note-change.ts';
import type { Tables } from './tables.ts';

type StoredCard = LinkCard | 'removed' | null;

export function makeMemoryLinkCards(tables: Tables): LinkCards {
  const { linkPages } = tables;
  return {
    async take(href, { now, leaseMs, renew = false }) {
      const known = linkPages.current.get(href);
      if (known && known.expiresAt > now && !renew) return known.page;
      if (known && known.leasedUntil > now) return 'theirs';
      linkPages.put(href, { href, page: 'none', expiresAt: 0, ...known, leasedUntil: now + leaseMs });
      return 'yours';
    },
    async note(href, page, until) {
      linkPages.put(href, { href, page, expiresAt: until, leasedUntil: 0 });
    },
    async release(href) {
      const known = linkPages.current.get(href);
      if (known) linkPages.put(href, { ...known, leasedUntil: 0 });
    },
    async removeExpired(now, limit) {
      const expired = [...linkPages.current.values()].filter(
        ({ expiresAt, leasedUntil }) => expiresAt <= now && leasedUntil <= now,
      );
      for (const { href } of expired.slice(0, limit)) linkPages.remove(href);
      return Math.min(limit, expired.length);
    },
    set: makeSet(tables),
  };
}

function makeSet(tables: Tables): LinkCards['set'] {
  const { files, cardImages, cards } = tables;
  const drop = (place: MessagePlace): readonly BlobKey[] => {
    const id = cardImages.current.get(messageId(place));
    const image = id && files.current.get(id);
    if (!image) return [];
    files.remove(image.id);
    cardImages.remove(messageId(place));
    return [image.blob];
  };
  const set = async (
    { chatId, position }: MessagePlace,
    given: NewCard | 'removed' | null,
    revision: Revision,
  ): Promise<{ card: StoredCard; dropped: readonly BlobKey[] }> => {
    const dropped = drop({ chatId, position });
    const card = stored(tables, { chatId, position }, given);
    if (card === null) cards.remove(messageId({ chatId, position }));
    else cards.put(messageId({ chatId, position }), card);
    noteChange(tables, { chatId, position }, revision);
    return { card, dropped };
  };
  // The stored card is of the kind of the given one.
  return set as LinkCards['set'];
}

function stored(tables: Tables, { chatId, position }: MessagePlace, card: NewCard | 'removed' | null): StoredCard {
  if (card === null || card === 'removed') return card;
  const { href, title, description, site, image, uploaderId, at } = card;
  const texts = { href, title, description, site };
  if (!image) return { ...texts, image: null };
  const { files, lastFile, cardImages } = tables;
  const id = fileId((lastFile.current.get('last') ?? 0) + 1);
  lastFile.put('last', id);
  const file = { ...image, id, chatId, position, uploaderId, stagedAt: at, thumbnail: 'none' } as const;
  files.insert(id, { ...file, name: CARD_IMAGE_NAME, type: 'image/webp' });
  cardImages.put(messageId({ chatId, position }), id);
  return { ...texts, image: { id, width: image.width, height: image.height } };
}
