import { createHash } from 'node:crypto';
import type { KnownPage, LinkCards, NewCard } from '../../application/ports/link-cards.ts';
import type { MessagePlace } from '../../application/ports/messages.ts';
import { CARD_IMAGE_NAME, type LinkCard } from '../../domain/cards/link-card.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { BlobKey } from '../../domain/files/file.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { keysOf } from './files.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

type StoredCard = LinkCard | 'removed' | null;

/** The column of a message. */
export const cardToJson = (card: StoredCard): string | null => (card === null ? null : JSON.stringify(card));

/** Only `cardToJson` makes these texts. */
export const cardInJson = (json: string | null): StoredCard => (json === null ? null : JSON.parse(json));

export const makeLinkCards = (db: SqlDatabase): LinkCards => ({ ...makePages(db), set: makeSet(db) });

const digestOf = (href: string): string => createHash('sha256').update(href).digest('base64url');

/** Only `note` makes these texts. */
const pageInJson = (json: string | null): KnownPage | 'none' => (json === null ? 'none' : JSON.parse(json));

function makePages(db: SqlDatabase): Omit<LinkCards, 'set'> {
  const find = prepare(db, (param: Params<{ digest: string }>) =>
    db.selectFrom('link_pages').select(['page', 'expires_at']).where('digest', '=', param('digest')),
  );
  const insert = prepare(db, (param: Params<{ digest: string; until: number }>) =>
    db
      .insertInto('link_pages')
      .values({ digest: param('digest'), page: null, expires_at: 0, leased_until: param('until') })
      .onConflict((conflict) => conflict.column('digest').doNothing())
      .returning('digest'),
  );
  const lease = prepare(db, (param: Params<{ digest: string; until: number; now: number }>) =>
    db
      .updateTable('link_pages')
      .set({ leased_until: param('until') })
      .where('digest', '=', param('digest'))
      .where('leased_until', '<=', param('now'))
      .returning('digest'),
  );
  return {
    async take(href, { now, leaseMs, renew = false }) {
      const digest = digestOf(href);
      const [known] = await find({ digest });
      if (known && known.expires_at > now && !renew) return pageInJson(known.page);
      const until = now + leaseMs;
      const taken = known ? await lease({ digest, until, now }) : await insert({ digest, until });
      return taken.length > 0 ? 'yours' : 'theirs';
    },
    ...makeNotes(db),
  };
}

function makeNotes(db: SqlDatabase): Pick<LinkCards, 'note' | 'release' | 'removeExpired'> {
  const note = prepare(db, (param: Params<{ digest: string; page: string | null; until: number }>) =>
    db
      .insertInto('link_pages')
      .values({ digest: param('digest'), page: param('page'), expires_at: param('until'), leased_until: 0 })
      .onConflict((conflict) =>
        conflict.column('digest').doUpdateSet((row) => ({
          page: row.ref('excluded.page'),
          expires_at: row.ref('excluded.expires_at'),
          leased_until: 0,
        })),
      ),
  );
  const release = prepare(db, (param: Params<{ digest: string }>) =>
    db.updateTable('link_pages').set({ leased_until: 0 }).where('digest', '=', param('digest')),
  );
  const remove = prepare(db, (param: Params<{ now: number; limit: number }>) =>
    db
      .deleteFrom('link_pages')
      .where('digest', 'in', (pages) =>
        pages
          .selectFrom('link_pages')
          .select('digest')
          .where('expires_at', '<=', param('now'))
          .where('leased_until', '<=', param('now'))
          .limit(param('limit')),
      )
      .returning('digest'),
  );
  return {
    async note(href, found, until) {
      await note({ digest: digestOf(href), page: found === 'none' ? null : JSON.stringify(found), until });
    },
    async release(href) {
      await release({ digest: digestOf(href) });
    },
    removeExpired: async (now, limit) => (await remove({ now, limit })).length,
  };
}

function makeSet(db: SqlDatabase): LinkCards['set'] {
  const drop = prepare(db, (param: Params<MessagePlace>) =>
    db
      .deleteFrom('files')
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .where('of_card', '=', 1)
      .returning(['blob', 'thumbnail']),
  );
  const addImage = makeAddImage(db);
  const update = prepare(db, (param: Params<MessagePlace & { card: string | null; revision: Revision }>) =>
    db
      .updateTable('messages')
      .set({ card: param('card'), changed_at: param('revision') })
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position')),
  );
  const stored = async (place: MessagePlace, card: NewCard | 'removed' | null): Promise<StoredCard> => {
    if (card === null || card === 'removed') return card;
    const { href, title, description, site } = card;
    return { href, title, description, site, image: card.image && (await addImage(place, card)) };
  };

  const set = async (
    { chatId, position }: MessagePlace,
    given: NewCard | 'removed' | null,
    revision: Revision,
  ): Promise<{ card: StoredCard; dropped: readonly BlobKey[] }> => {
    const dropped = keysOf(await drop({ chatId, position }));
    const card = await stored({ chatId, position }, given);
    await update({ chatId, position, card: cardToJson(card), revision });
    return { card, dropped };
  };
  // The stored card is of the kind of the given one.
  return set as LinkCards['set'];
}

function makeAddImage(db: SqlDatabase) {
  interface ImageRow {
    readonly chat_id: ChatId;
    readonly position: Revision;
    readonly uploader_id: UserId;
    readonly blob: BlobKey;
    readonly bytes: number;
    readonly width: number;
    readonly height: number;
    readonly staged_at: number;
  }
  const insert = prepare(db, (param: Params<ImageRow>) =>
    db
      .insertInto('files')
      .values({
        ...{ chat_id: param('chat_id'), position: param('position'), uploader_id: param('uploader_id') },
        ...{ blob: param('blob'), bytes: param('bytes'), width: param('width'), height: param('height') },
        ...{ name: CARD_IMAGE_NAME, type: 'image/webp', staged_at: param('staged_at'), thumbnail: '', of_card: 1 },
      })
      .returning('id'),
  );
  return async ({ chatId, position }: MessagePlace, { image, uploaderId, at }: NewCard) => {
    if (!image) return null;
    const { blob, bytes, width, height } = image;
    const place = { chat_id: chatId, position, uploader_id: uploaderId, staged_at: at };
    const [row] = await insert({ ...place, blob, bytes, width, height });
    if (!row) throw new Error('The image of a card got no id.');
    return { id: row.id, width, height };
  };
}
