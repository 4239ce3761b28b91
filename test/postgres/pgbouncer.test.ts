import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMovablePostgres } from '../../src/adapters/postgres/movable.ts';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import { insertChat, insertMessage, insertUser } from '../builders.ts';
import { findComponent } from '../components.ts';
import { aPgBouncer } from './pgbouncer.ts';
import { PostgresServer } from './postgres-server.ts';

const pgbouncer = findComponent('pgbouncer');

describe.skipIf(pgbouncer.isMissing)('through a PgBouncer in session mode, which ignores no parameter of ours', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start();
  });
  afterAll(() => server.remove());

  it('an installation is made, written, read and opened again on connections that were used before', async () => {
    const url = await aPgBouncer(pgbouncer.path, server.url);
    const first = await openPostgresStorage(url);
    const chat = await first.unitOfWork.run(async (store) => {
      const ada = await insertUser(store, 'ada');
      const harbour = await insertChat(store, 'Harbour', ada);
      await insertMessage(store, harbour, ada);
      return harbour;
    });
    await first.close();
    const second = await openPostgresStorage(url);
    expect(await second.view.messages.changedAfter(chat.id, revision(0), 10)).toHaveLength(1);
    await second.assertWritable();
    await second.close();
    // PgBouncer resets a connection a moment after its client has left.
    const open = async () =>
      (await server.query("select from pg_stat_activity where application_name = 'shoal'")).rowCount;
    await expect.poll(open).toBe(0);
    const moved = await openMovablePostgres(url);
    await moved.close();
  });
});
