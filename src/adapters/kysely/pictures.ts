import type { Selectable } from 'kysely';
import type { Pictures } from '../../application/ports/pictures.ts';
import { chatId, type UserId, userId } from '../../domain/ids.ts';
import { blobsOf, type OwnedPicture, type PictureOwner } from '../../domain/pictures/picture.ts';
import { type Params, prepare } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

type Row = Selectable<Schema['pictures']>;

const toOwned = ({ kind, owner_id: id, blob_48, blob_96, blob_256 }: Row): OwnedPicture => ({
  owner: kind === 'user' ? { kind, id: userId(id) } : { kind, id: chatId(id) },
  picture: { 48: blob_48, 96: blob_96, 256: blob_256 },
});

export function makePictures(db: SqlDatabase): Pictures {
  const byOwner = prepare(db, (param: Params<PictureOwner>) =>
    db.selectFrom('pictures').selectAll().where('kind', '=', param('kind')).where('owner_id', '=', param('id')),
  );
  const next = prepare(db, (param: Params<{ kind: PictureOwner['kind']; id: number; limit: number }>) =>
    db
      .selectFrom('pictures')
      .selectAll()
      .where(({ eb, and, or }) =>
        or([eb('kind', '>', param('kind')), and([eb('kind', '=', param('kind')), eb('owner_id', '>', param('id'))])]),
      )
      .orderBy('kind')
      .orderBy('owner_id')
      .limit(param('limit')),
  );
  const find: Pictures['find'] = async (owner) => {
    const [row] = await byOwner(owner);
    return row && toOwned(row).picture;
  };
  return {
    find,
    after: async (owner, limit) => (await next({ ...(owner ?? BEFORE_ALL), limit })).map(toOwned),
    ...makeSeenBy(db),
    ...makeWrites(db, find),
  };
}

/** No owner has this id, and no kind comes before this one. */
const BEFORE_ALL = { kind: 'chat', id: chatId(0) } as const;

function makeSeenBy(db: SqlDatabase): Pick<Pictures, 'seenBy'> {
  const people = prepare(db, (param: Params<{ userId: UserId; limit: number }>) =>
    db
      .selectFrom('pictures')
      .selectAll()
      .where('kind', '=', 'user')
      // The list is read once, and not for each picture.
      .where(({ or, eb, selectFrom }) =>
        or([
          eb('owner_id', '=', param('userId')),
          eb(
            'owner_id',
            'in',
            selectFrom('members as mine')
              .innerJoin('members as theirs', 'theirs.chat_id', 'mine.chat_id')
              .select('theirs.user_id')
              .where('mine.user_id', '=', param('userId')),
          ),
        ]),
      )
      .orderBy('owner_id')
      .limit(param('limit')),
  );
  const chats = prepare(db, (param: Params<{ userId: UserId; limit: number }>) =>
    db
      .selectFrom('pictures')
      .innerJoin('members', 'members.chat_id', 'pictures.owner_id')
      .selectAll('pictures')
      .where('pictures.kind', '=', 'chat')
      .where('members.user_id', '=', param('userId'))
      .orderBy('pictures.owner_id')
      .limit(param('limit')),
  );
  return {
    async seenBy(userId, limit) {
      return [...(await people({ userId, limit })), ...(await chats({ userId, limit }))].map(toOwned);
    },
  };
}

function makeWrites(db: SqlDatabase, find: Pictures['find']): Pick<Pictures, 'put' | 'remove'> {
  const upsert = prepare(db, (param: Params<Row>) => {
    const blobs = { blob_48: param('blob_48'), blob_96: param('blob_96'), blob_256: param('blob_256') };
    return db
      .insertInto('pictures')
      .values({ kind: param('kind'), owner_id: param('owner_id'), ...blobs })
      .onConflict((conflict) => conflict.columns(['kind', 'owner_id']).doUpdateSet(blobs));
  });
  const remove = prepare(db, (param: Params<PictureOwner>) =>
    db.deleteFrom('pictures').where('kind', '=', param('kind')).where('owner_id', '=', param('id')).returningAll(),
  );
  return {
    async put(owner, picture) {
      const before = await find(owner);
      const blobs = { blob_48: picture[48], blob_96: picture[96], blob_256: picture[256] };
      await upsert({ kind: owner.kind, owner_id: owner.id, ...blobs });
      const kept = new Set(blobsOf(picture));
      return before ? blobsOf(before).filter((key) => !kept.has(key)) : [];
    },
    async remove(owner) {
      return (await remove(owner)).flatMap((row) => blobsOf(toOwned(row).picture));
    },
  };
}
