import type { Files } from '../../application/ports/files.ts';
import type { MessagePlace } from '../../application/ports/messages.ts';
import type { BlobKey, FileId } from '../../domain/files/file.ts';
import { NO_FILES } from '../../domain/files/file.ts';
import type { UserId } from '../../domain/ids.ts';
import type { MessageKind } from '../../domain/messages/message.ts';
import { messageSnippet } from '../../domain/messages/message-snippet.ts';
import { makeSetAlt } from './describe-files.ts';
import { type FileRow, toFile } from './file-rows.ts';
import { filesInJson } from './files-json.ts';
import { makeOfChat } from './files-of-chat.ts';
import { prepareForList } from './in-list.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

/** The snippet of a message of which a statement has read the beginning of the text, and the copy of its files. */
export const rowSnippet = (row: {
  readonly kind: MessageKind;
  readonly beginning: string | null;
  readonly files: string | null;
}): string =>
  // A tombstone keeps the copy for a while.
  messageSnippet(
    row.kind,
    row.beginning ?? '',
    row.kind === 'text' && !row.beginning ? filesInJson(row.files) : NO_FILES,
  );

export function makeFiles(db: SqlDatabase): Files {
  const byId = prepare(db, (param: Params<{ id: FileId }>) =>
    db.selectFrom('files').selectAll().where('id', '=', param('id')),
  );
  const next = prepare(db, (param: Params<{ id: FileId; limit: number }>) =>
    db.selectFrom('files').selectAll().where('id', '>', param('id')).orderBy('id').limit(param('limit')),
  );
  const sum = prepare(db, (param: Params<{ userId: UserId }>) =>
    db
      .selectFrom('files')
      .select((column) => column.fn.sum<number | null>('bytes').as('bytes'))
      .where('uploader_id', '=', param('userId')),
  );
  const named = prepareForList(db, (_param: Params<object>, keys: readonly BlobKey[]) =>
    db
      .selectFrom('files')
      .select('blob as key')
      .where('blob', 'in', keys)
      .union(
        db.selectFrom('files').select('thumbnail as key').$castTo<{ key: BlobKey }>().where('thumbnail', 'in', keys),
      )
      .union(db.selectFrom('pictures').select('blob_48 as key').where('blob_48', 'in', keys))
      .union(db.selectFrom('pictures').select('blob_96 as key').where('blob_96', 'in', keys))
      .union(db.selectFrom('pictures').select('blob_256 as key').where('blob_256', 'in', keys)),
  );
  return {
    async find(id) {
      const [row] = await byId({ id });
      return row && toFile(row);
    },
    async bytesOf(userId) {
      const [row] = await sum({ userId });
      return Number(row?.bytes ?? 0);
    },
    after: async (id, limit) => (await next({ id, limit })).map(toFile),
    async named([first, ...others]) {
      return new Set(first === undefined ? [] : (await named({}, [first, ...others])).map(({ key }) => key));
    },
    ofChat: makeOfChat(db),
    ...makeAdd(db),
    ...makeRemovals(db),
    ...makeSetThumbnail(db),
    setAlt: makeSetAlt(db),
  };
}

function makeAdd(db: SqlDatabase): Pick<Files, 'add' | 'holdQuota'> {
  // Rows that refer to the user can still be added meanwhile.
  const lock = prepare(db, (param: Params<{ userId: UserId }>) =>
    db
      .selectFrom('users')
      .select('id')
      .where('id', '=', param('userId'))
      .$if(db.locksWhatItReads, (query) => query.forNoKeyUpdate()),
  );
  const insert = prepare(db, (param: Params<Omit<FileRow, 'id' | 'position' | 'thumbnail' | 'of_card'>>) =>
    db
      .insertInto('files')
      .values({
        chat_id: param('chat_id'),
        uploader_id: param('uploader_id'),
        blob: param('blob'),
        name: param('name'),
        type: param('type'),
        bytes: param('bytes'),
        width: param('width'),
        height: param('height'),
        staged_at: param('staged_at'),
        alt: param('alt'),
      })
      .returning('id'),
  );
  return {
    async holdQuota(userId) {
      if (db.locksWhatItReads) await lock({ userId });
    },
    async add({ chatId, uploaderId, stagedAt, blob, name, type, bytes, width, height, alt = null }) {
      const facts = { blob, name, type, bytes, width, height, alt };
      const [row] = await insert({ ...facts, chat_id: chatId, uploader_id: uploaderId, staged_at: stagedAt });
      if (!row) throw new Error('A file got no id.');
      return row.id;
    },
  };
}

export const keysOf = (rows: readonly Pick<FileRow, 'blob' | 'thumbnail'>[]): readonly BlobKey[] =>
  rows.flatMap(({ blob, thumbnail }) => (thumbnail ? [blob, thumbnail] : [blob]));

function makeSetThumbnail(db: SqlDatabase): Pick<Files, 'setThumbnail'> {
  const update = prepare(db, (param: Params<{ id: FileId; thumbnail: BlobKey | '' }>) =>
    db
      .updateTable('files')
      .set({ thumbnail: param('thumbnail') })
      .where('id', '=', param('id'))
      .returning('id'),
  );
  return {
    async setThumbnail(id, thumbnail) {
      return (await update({ id, thumbnail: thumbnail === 'none' ? '' : thumbnail })).length > 0;
    },
  };
}

function makeRemovals(db: SqlDatabase): Pick<Files, 'removeOf' | 'removeStaged' | 'unstage'> {
  const removeOne = prepare(db, (param: Params<{ id: FileId }>) =>
    db.deleteFrom('files').where('id', '=', param('id')).where('position', 'is', null),
  );
  const removeAttached = prepare(db, (param: Params<MessagePlace>) =>
    db
      .deleteFrom('files')
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .returning(['blob', 'thumbnail']),
  );
  const removeCopies = prepare(db, (param: Params<MessagePlace>) =>
    db
      .updateTable('messages')
      .set({ files: null, card: null })
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .where((row) => row.or([row('files', 'is not', null), row('card', 'is not', null)])),
  );
  const removeOld = prepare(db, (param: Params<{ before: number; limit: number }>) =>
    db
      .deleteFrom('files')
      .where('position', 'is', null)
      .where('id', 'in', (files) =>
        files
          .selectFrom('files')
          .select('id')
          .where('position', 'is', null)
          .where('staged_at', '<', param('before'))
          .limit(param('limit')),
      )
      .returning(['blob', 'thumbnail']),
  );
  return {
    async unstage(id) {
      await removeOne({ id });
    },
    async removeOf(place) {
      const rows = await removeAttached(place);
      await removeCopies(place);
      return keysOf(rows);
    },
    async removeStaged(before, limit) {
      return keysOf(await removeOld({ before, limit }));
    },
  };
}
