import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import { NO_NAMES } from '../../src/domain/messages/mentions.ts';
import { textOf } from '../../src/domain/messages/message.ts';
import { messageBody } from '../../src/domain/messages/message-body.ts';
import { decidePost } from '../../src/domain/messages/posting.ts';
import { insertChat, insertMessage, insertUser, NOW } from '../builders.ts';
import { PostgresServer } from './postgres-server.ts';

let server: PostgresServer;
let schemas = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.remove());

/** Several instances with their own connections, over one new database. */
async function openInstances(count: number): Promise<readonly [Storage, ...Storage[]]> {
  schemas += 1;
  const url = await server.schema(`instances_${schemas}`);
  const [first, ...others] = await Promise.all(Array.from({ length: count }, () => openPostgresStorage(url)));
  if (!first) throw new Error('One at least.');
  onTestFinished(async () => {
    await Promise.all([first, ...others].map((storage) => storage.close()));
  });
  return [first, ...others];
}

const openPair = async () => {
  const [one, other] = await openInstances(2);
  if (!other) throw new Error('There are two.');
  return { one, other };
};

it('MG-2: of instances that start together one migrates, and all find the same schema', async () => {
  const [first, ...others] = await openInstances(4);
  const ada = await first.unitOfWork.run((store) => insertUser(store, 'ada'));
  for (const storage of others) {
    await expect(storage.unitOfWork.run((store) => insertUser(store, ada.username))).rejects.toThrow();
  }
});

it('MI-2: a hundred writers on two instances leave no gap and no double in a chat', async () => {
  const { one, other } = await openPair();
  const { ada, chat } = await one.unitOfWork.run(async (store) => {
    const ada = await insertUser(store, 'ada');
    return { ada, chat: await insertChat(store, 'Lobby', ada) };
  });
  const writers = Array.from({ length: 100 }, (_, writer) => (writer % 2 === 0 ? one : other));
  const posted = await Promise.all(
    writers.map(async ({ unitOfWork }) => {
      const own = [];
      for (let post = 0; post < 5; post += 1)
        own.push(await unitOfWork.run((store) => insertMessage(store, chat, ada)));
      return own.map(({ position }) => position);
    }),
  );
  const positions = posted.flat().toSorted((a, b) => a - b);
  expect(positions).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  for (const own of posted) expect(own).toEqual(own.toSorted((a, b) => a - b));
  for (const { view } of [one, other]) {
    const history = await view.messages.changedAfter(chat.id, revision(0), 1_000);
    expect(history.map(({ position }) => position)).toEqual(positions);
  }
});

it('MI-2: a cursor that reads along never skips a message that commits late', async () => {
  const { one, other } = await openPair();
  const { ada, chat } = await one.unitOfWork.run(async (store) => {
    const ada = await insertUser(store, 'ada');
    return { ada, chat: await insertChat(store, 'Lobby', ada) };
  });
  let isDone = false;
  const writing = Promise.all(
    Array.from({ length: 200 }, (_, post) =>
      (post % 2 === 0 ? one : other).unitOfWork.run((store) => insertMessage(store, chat, ada)),
    ),
  ).finally(() => {
    isDone = true;
  });
  const read: number[] = [];
  for (let cursor = revision(0), isLast = false; !isLast; ) {
    isLast = isDone;
    const news = await other.view.messages.changedAfter(chat.id, cursor, 1_000);
    read.push(...news.map(({ position }) => position));
    cursor = news.at(-1)?.revision ?? cursor;
  }
  await writing;
  expect(read).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
});

it('instances that gather units for the same chats in opposite order do not wait for each other in a circle', async () => {
  const { one, other } = await openPair();
  const { ada, chats } = await one.unitOfWork.run(async (store) => {
    const ada = await insertUser(store, 'ada');
    const chats = [];
    for (const name of ['a', 'b', 'c', 'd']) chats.push(await insertChat(store, name, ada));
    return { ada, chats };
  });
  const posts = (storage: Storage, order: typeof chats) =>
    Array.from({ length: 30 }, () => order)
      .flat()
      .map((chat) => storage.unitOfWork.run((store) => insertMessage(store, chat, ada)));
  await Promise.all([...posts(one, chats), ...posts(other, chats.toReversed())]);
  for (const chat of chats) expect((await one.view.chats.find(chat.id))?.revision).toBe(60);
});

it('AZ-4: what a unit takes for granted of a membership still stands when it commits', async () => {
  const { one, other } = await openPair();
  const { ada, bob, chat } = await one.unitOfWork.run(async (store) => {
    const ada = await insertUser(store, 'ada');
    const bob = await insertUser(store, 'bob');
    return { ada, bob, chat: await insertChat(store, 'Lobby', ada, bob) };
  });
  const isRead = Promise.withResolvers<void>();
  const mayGoOn = Promise.withResolvers<void>();
  const posting = one.unitOfWork.run(async (store) => {
    expect(await store.members.find(chat.id, bob.id)).toBeDefined();
    isRead.resolve();
    await mayGoOn.promise;
    return insertMessage(store, chat, bob);
  });
  await isRead.promise;
  const removing = other.unitOfWork.run(async (store) => {
    await store.members.remove(chat.id, bob.id);
    return store.chats.find(chat.id);
  });
  await server.waitsForLock();
  mayGoOn.resolve();
  // The removal saw the committed post, not the other way round.
  expect((await removing)?.revision).toBe((await posting).revision);
  expect(ada.id).not.toBe(bob.id);
});

it('an instance goes on after a newer one has changed the tables', async () => {
  const { one } = await openPair();
  const { ada, chat } = await one.unitOfWork.run(async (store) => {
    const ada = await insertUser(store, 'ada');
    return { ada, chat: await insertChat(store, 'Lobby', ada) };
  });
  const sent = await one.unitOfWork.run((store) => insertMessage(store, chat, ada));
  if (!sent.clientId) throw new Error('It has one.');
  const { clientId } = sent;
  const again = async () => {
    const text = messageBody(textOf(sent));
    const post = {
      chatId: chat.id,
      author: ada,
      clientId,
      replyTo: null,
      names: NO_NAMES,
      files: [],
      text,
      sentAt: NOW,
    };
    const posted = await one.unitOfWork.post(post, (facts) => decidePost(post, facts));
    return posted.message;
  };
  const read = () => one.view.messages.before(chat.id, undefined, 10);
  // Often enough that every connection has planned both.
  for (let n = 0; n < 10; n += 1) expect([await again(), ...(await read())]).toEqual([sent, sent]);
  await server.query(`alter table instances_${schemas}.messages add column later text`);
  for (const ask of [again, read]) {
    const failures: unknown[] = [];
    const caught = (error: unknown) => void failures.push(error);
    for (let n = 0; n < 10; n += 1) await ask().catch(caught);
    expect(failures.length).toBeLessThanOrEqual(8);
    for (const failure of failures) expect(failure).toMatchObject({ code: 'unavailable' });
    expect(await ask()).toBeDefined();
  }
});

it('a database that a newer version has written to is refused', async () => {
  const url = await server.schema('newer');
  await (await openPostgresStorage(url)).close();
  await server.query(`insert into newer.kysely_migration (name, timestamp) values ('999-later', 'now')`);
  await expect(openPostgresStorage(url)).rejects.toThrow(/999-later/);
});
