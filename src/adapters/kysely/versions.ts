import type { MessagePlace, Messages } from '../../application/ports/messages.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { MessageVersion } from '../../domain/messages/changes.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

const END = revision(Number.MAX_SAFE_INTEGER);

/** The earlier texts of messages. */
export function makeVersions(
  db: SqlDatabase,
): Pick<Messages, 'earlierVersions' | 'addVersion' | 'removeVersion' | 'removeVersions'> {
  const select = prepare(db, (param: Params<MessagePlace & { before: Revision; limit: number }>) =>
    db
      .selectFrom('message_versions')
      .select(['revision', 'text', 'written_at as writtenAt'])
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .where('revision', '<', param('before'))
      .orderBy('revision', 'desc')
      .limit(param('limit')),
  );
  const insert = prepare(db, (param: Params<MessagePlace & MessageVersion>) =>
    db.insertInto('message_versions').values({
      chat_id: param('chatId'),
      position: param('position'),
      revision: param('revision'),
      text: param('text'),
      written_at: param('writtenAt'),
    }),
  );

  return {
    earlierVersions: (place, { before = END, limit }) => select({ ...place, before, limit }),
    async addVersion(place, version) {
      await insert({ ...place, ...version });
    },
    ...makeRemoving(db),
  };
}

function makeRemoving(db: SqlDatabase): Pick<Messages, 'removeVersion' | 'removeVersions'> {
  const deleteAll = prepare(db, (param: Params<MessagePlace>) =>
    db.deleteFrom('message_versions').where('chat_id', '=', param('chatId')).where('position', '=', param('position')),
  );
  const deleteOne = prepare(db, (param: Params<MessagePlace & Pick<MessageVersion, 'revision'>>) =>
    db
      .deleteFrom('message_versions')
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .where('revision', '=', param('revision')),
  );

  return {
    async removeVersion(place, revision) {
      await deleteOne({ ...place, revision });
    },
    async removeVersions(place) {
      await deleteAll(place);
    },
  };
}
