import type { Announcements } from '../../application/ports/announcements.ts';
import type { MessagePlace } from '../../application/ports/messages.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Announcement, AnnouncementReason, Basis } from '../../domain/push/announcement.ts';
import { makeLedger } from './ledger.ts';
import { type Params, prepare } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makeAnnouncements(db: SqlDatabase): Announcements {
  return { ...makeReads(db), ledgerOf: makeLedger(db), ...makeWrites(db), removeOld: makeRemoval(db) };
}

const COLUMNS = ['device_id as deviceId', 'user_id as userId', 'reason'] as const;

function makeReads(db: SqlDatabase): Pick<Announcements, 'of' | 'withReason'> {
  const ofUser = prepare(db, (param: Params<MessagePlace & { userId: UserId }>) =>
    db
      .selectFrom('announcements')
      .select(COLUMNS)
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .where('user_id', '=', param('userId'))
      .orderBy('device_id'),
  );
  const byReason = prepare(db, (param: Params<MessagePlace & { reason: AnnouncementReason }>) =>
    db
      .selectFrom('announcements')
      .select(COLUMNS)
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .where('reason', '=', param('reason'))
      .orderBy('device_id'),
  );

  return {
    of: ({ chatId, position }, userId) => ofUser({ chatId, position, userId }),
    withReason: ({ chatId, position }, reason) => byReason({ chatId, position, reason }),
  };
}

function makeWrites(db: SqlDatabase): Pick<Announcements, 'add' | 'settle'> {
  const insert = prepare(db, (param: Params<MessagePlace & Announcement & BasisRow>) =>
    db
      .insertInto('announcements')
      .values({
        chat_id: param('chatId'),
        position: param('position'),
        device_id: param('deviceId'),
        user_id: param('userId'),
        reason: param('reason'),
        decided_at: param('decided_at'),
        is_called: param('is_called'),
        text_revision: param('text_revision'),
      })
      .onConflict((conflict) => conflict.columns(['chat_id', 'position', 'device_id']).doNothing())
      .returning('device_id'),
  );
  const place = (param: Params<MessagePlace & Pick<Announcement, 'deviceId' | 'reason'>>) =>
    db
      .updateTable('announcements')
      .set({ reason: param('reason') })
      .where('chat_id', '=', param('chatId'))
      .where('position', '=', param('position'))
      .where('device_id', '=', param('deviceId'));
  const updateReason = prepare(db, place);
  const update = prepare(db, (param: Params<MessagePlace & Pick<Announcement, 'deviceId' | 'reason'> & BasisRow>) =>
    place(param).set({
      decided_at: param('decided_at'),
      is_called: param('is_called'),
      text_revision: param('text_revision'),
    }),
  );
  return {
    async add({ chatId, position }, decided) {
      const added: Announcement[] = [];
      for (const { deviceId, userId, reason, basis } of decided) {
        const rows = await insert({ chatId, position, deviceId, userId, reason, ...toBasisRow(basis) });
        if (rows.length > 0) added.push({ deviceId, userId, reason });
      }
      return added;
    },
    async settle({ chatId, position }, { deviceId, reason, basis }) {
      const settled = { chatId, position, deviceId, reason };
      await (basis ? update({ ...settled, ...toBasisRow(basis) }) : updateReason(settled));
    },
  };
}

type BasisRow = Pick<Schema['announcements'], 'decided_at' | 'is_called' | 'text_revision'>;

const toBasisRow = ({ at, isCalled, textRevision }: Basis): BasisRow => ({
  ...{ decided_at: at, is_called: isCalled ? 1 : 0, text_revision: textRevision },
});

function makeRemoval(db: SqlDatabase): Announcements['removeOld'] {
  const deleteOld = prepare(db, (param: Params<{ until: number; limit: number }>) =>
    db
      .deleteFrom('announcements')
      .where(({ eb, refTuple, selectFrom }) =>
        eb(
          refTuple('chat_id', 'position', 'device_id'),
          'in',
          selectFrom('announcements')
            .select(['chat_id', 'position', 'device_id'])
            .where('decided_at', '<=', param('until'))
            .limit(param('limit'))
            .$asTuple('chat_id', 'position', 'device_id'),
        ),
      )
      .returning('device_id'),
  );
  return async (until, limit) => (await deleteOld({ until, limit })).length;
}
