import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import { insertChat, insertMessage, insertUser } from '../builders.ts';
import { TcpProxy } from '../tcp-proxy.ts';
import { PostgresServer } from './postgres-server.ts';

let server: PostgresServer;
let schemas = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.remove());

/** One instance behind a failing network, another with a direct connection, and a chat with a message. */
async function openBoth() {
  schemas += 1;
  const url = await server.schema(`answers_${schemas}`);
  const proxy = await TcpProxy.start(Number(new URL(url).port));
  const far = await openPostgresStorage(proxy.urlOf(url));
  const near = await openPostgresStorage(url);
  onTestFinished(async () => {
    await near.close();
    proxy.isMute = false;
    await proxy.close();
    await far.close();
  });
  const { ada, chat } = await near.unitOfWork.run(async (store) => {
    const ada = await insertUser(store, 'ada');
    return { ada, chat: await insertChat(store, 'Lobby', ada) };
  });
  const post = (storage: Storage) => storage.unitOfWork.run((store) => insertMessage(store, chat, ada));
  await post(far);
  const stored = async () => (await near.view.messages.changedAfter(chat.id, revision(0), 100)).length;
  return { proxy, far, near, post, stored, ada, chat };
}

it('PG-1: what was committed is said to be, though the answer to the commit was lost', async () => {
  const { proxy, far, post, stored } = await openBoth();
  const cut = proxy.cutAt('commit-', { arrives: true });
  const posting = post(far);
  await cut;
  expect(await posting).toMatchObject({ position: 2 });
  expect(await stored()).toBe(2);
});

it("PG-1: a commit that a crash took is not taken for another transaction's that got its number", async () => {
  const { proxy, far, near, post, stored } = await openBoth();
  const cut = proxy.cutAt('commit-', { arrives: false });
  const posting = post(far).catch((error: unknown) => error);
  await cut;
  proxy.isRefusing = true;
  await server.stop('immediate');
  await server.resume();
  // Other transactions, with the ids that the crash has freed.
  for (let n = 0; n < 50; n += 1) await server.query('select pg_current_xact_id()');
  proxy.isRefusing = false;
  expect(await posting).toMatchObject({ code: 'unavailable' });
  await expect.poll(stored, { timeout: 5_000 }).toBe(1);
  expect(await post(far)).toMatchObject({ position: 2 });
  expect(await post(near)).toMatchObject({ position: 3 });
});

it('PG-1: a commit that was given up does not come true later', async () => {
  const { proxy, far, post, stored } = await openBoth();
  const cut = proxy.cutAt('commit-', { arrives: false });
  const posting = post(far).catch((error: unknown) => error);
  const held = await cut;
  expect(await posting).toMatchObject({ code: 'unavailable' });
  held.release();
  expect(await post(far)).toMatchObject({ position: 2 });
  expect(await stored()).toBe(2);
});

it('PG-1: an instance that is cut off in the middle holds up nobody for long, and is told so itself', async () => {
  const { proxy, far, near, ada, chat, post } = await openBoth();
  const isHeld = Promise.withResolvers<void>();
  const posting = far.unitOfWork
    .run(async (store) => {
      const message = await insertMessage(store, chat, ada);
      proxy.isMute = true;
      isHeld.resolve();
      // The answer never arrives.
      await store.chats.find(chat.id);
      return message;
    })
    .catch((error: unknown) => error);
  await isHeld.promise;
  const begun = performance.now();
  expect(await post(near)).toMatchObject({ position: 2 });
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(await posting).toMatchObject({ code: 'unavailable' });
  expect(performance.now() - begun).toBeLessThan(8_000);
  proxy.isMute = false;
  expect(await post(far)).toMatchObject({ position: 3 });
});

it('PG-1: a commit is on disk before it is one, whatever the server does for others', async () => {
  const { near, post } = await openBoth();
  const schema = `answers_${schemas}`;
  await server.query(`
    create table ${schema}.seen (setting text);
    create function ${schema}.look() returns trigger language plpgsql as $$
      begin insert into ${schema}.seen values (current_setting('synchronous_commit')); return new; end $$;
    create trigger look after insert on ${schema}.messages execute function ${schema}.look();
    alter role shoal set synchronous_commit = off`);
  onTestFinished(async () => {
    await server.query('alter role shoal reset synchronous_commit');
  });
  // Existing connections keep the old settings.
  await server.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'shoal'");
  await expect.poll(() => post(near).catch(() => undefined)).toBeDefined();
  expect((await server.query('show synchronous_commit')).rows).toEqual([{ synchronous_commit: 'off' }]);
  expect((await server.query(`select distinct setting from ${schema}.seen`)).rows).toEqual([{ setting: 'local' }]);
});
