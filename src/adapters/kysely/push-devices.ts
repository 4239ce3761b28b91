import type { Selectable } from 'kysely';
import type { PushDevices, PushDevicesView } from '../../application/ports/push-devices.ts';
import type { ChatId, SessionId } from '../../domain/ids.ts';
import type { PushDevice, PushDeviceId } from '../../domain/push/device.ts';
import type { PushKeys } from '../../domain/push/push-keys.ts';
import { type Params, prepare } from './prepare.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

export function makePushDevices(db: SqlDatabase): PushDevices {
  return { ...makeReads(db), ...makeWrites(db), ...makeKeys(db) };
}

function makeReads(db: SqlDatabase): Omit<PushDevicesView, 'keys'> {
  const byId = prepare(db, (param: Params<{ id: PushDeviceId }>) =>
    db.selectFrom('push_devices').selectAll().where('id', '=', param('id')),
  );
  const bySession = prepare(db, (param: Params<{ sessionId: SessionId }>) =>
    db.selectFrom('push_devices').selectAll().where('session_id', '=', param('sessionId')),
  );
  const byChat = prepare(db, (param: Params<{ chatId: ChatId }>) =>
    db
      .selectFrom('push_devices')
      .innerJoin('members', 'members.user_id', 'push_devices.user_id')
      .selectAll('push_devices')
      .where('members.chat_id', '=', param('chatId'))
      .orderBy('push_devices.id'),
  );

  return {
    async find(id) {
      const [row] = await byId({ id });
      return row && toDevice(row);
    },
    async ofSession(sessionId) {
      const [row] = await bySession({ sessionId });
      return row && toDevice(row);
    },
    ofMembers: async (chatId) => (await byChat({ chatId })).map(toDevice),
  };
}

function makeWrites(db: SqlDatabase): Pick<PushDevices, 'add' | 'remove'> {
  const deleteReplaced = prepare(db, (param: Params<{ sessionId: SessionId; endpoint: string }>) =>
    db
      .deleteFrom('push_devices')
      .where((or) => or.or([or('session_id', '=', param('sessionId')), or('endpoint', '=', param('endpoint'))])),
  );
  const insert = prepare(db, (param: Params<Omit<Selectable<Schema['push_devices']>, 'id'>>) =>
    db
      .insertInto('push_devices')
      .values({
        user_id: param('user_id'),
        session_id: param('session_id'),
        endpoint: param('endpoint'),
        public_key: param('public_key'),
        auth: param('auth'),
        origin: param('origin'),
        created_at: param('created_at'),
      })
      .returning('id'),
  );
  const deleteById = prepare(db, (param: Params<{ id: PushDeviceId }>) =>
    db.deleteFrom('push_devices').where('id', '=', param('id')),
  );

  return {
    async add(device) {
      const { userId, sessionId, subscription, origin, createdAt } = device;
      const { endpoint, publicKey, auth } = subscription;
      await deleteReplaced({ sessionId, endpoint });
      const keys = { endpoint, public_key: publicKey, auth };
      const [row] = await insert({ user_id: userId, session_id: sessionId, ...keys, origin, created_at: createdAt });
      if (!row) throw new Error('The database answered no id.');
      return { ...device, id: row.id };
    },
    async remove(id) {
      await deleteById({ id });
    },
  };
}

function makeKeys(db: SqlDatabase): Pick<PushDevices, 'keys' | 'settleKeys'> {
  const select = prepare(db, () => db.selectFrom('push_keys').select(['public_key', 'private_key']));
  const insert = prepare(db, (param: Params<PushKeys>) =>
    db
      .insertInto('push_keys')
      .values({ id: 1, public_key: param('publicKey'), private_key: param('privateKey') })
      .onConflict((conflict) => conflict.column('id').doNothing()),
  );

  const keys = async () => {
    const [row] = await select({});
    return row && { publicKey: row.public_key, privateKey: row.private_key };
  };
  return {
    keys,
    async settleKeys(made) {
      await insert(made);
      return (await keys()) ?? made;
    },
  };
}

function toDevice(row: Selectable<Schema['push_devices']>): PushDevice {
  const { id, user_id: userId, session_id: sessionId, endpoint, public_key: publicKey, auth, origin } = row;
  return { id, userId, sessionId, subscription: { endpoint, publicKey, auth }, origin, createdAt: row.created_at };
}
