import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import { chatId, userId } from '../../src/domain/ids.ts';
import { assertText, edited, tombstone, versionOf } from '../../src/domain/messages/changes.ts';
import { messageBody } from '../../src/domain/messages/message-body.ts';
import { aUsernameKey, insertMessage, insertUser, NOW } from '../builders.ts';
import { recordingLog } from '../fakes.ts';
import { makeOlderDatabase } from './older-database.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-migrations-'));
afterAll(() => rmSync(directory, { recursive: true }));

const LOBBY = chatId(1);

/** A database of the version before messages could change, with a chat of a hundred messages. */
async function anOlderDatabase(name: string): Promise<string> {
  const path = join(directory, name);
  await makeOlderDatabase(path, '003-moves', (database) => {
    database.exec(`
      insert into users (username, username_key, password_hash, created_at) values ('ada', 'ada', 'hash', 1);
      insert into chats (name, revision, created_at) values ('Lobby', 100, 1);
      insert into members values (1, 1, 'owner', 1);
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 100)
      insert into messages (chat_id, position, author_id, client_id, kind, text, sent_at)
      select 1, i, 1, 'c' || i, case when i % 10 = 1 then 'notice' else 'text' end, 'number ' || i, i from n`);
  });
  return path;
}

it('messages of an older version are as they were, and can change', async () => {
  const storage = await openSqliteStorage(await anOlderDatabase('change.db'), recordingLog());
  const messages = await storage.view.messages.changedAfter(LOBBY, revision(0), 1_000);
  expect(messages.map(({ revision, kind }) => [revision, kind])).toEqual(
    Array.from({ length: 100 }, (_, n) => [n + 1, n % 10 === 0 ? 'notice' : 'text']),
  );
  const [, second, third] = messages;
  if (!second || !third) throw new Error('There are a hundred.');
  assertText(second);
  assertText(third);
  const changed = await storage.unitOfWork.run(async (store) => {
    const better = edited(second, messageBody('better'), { revision: await store.chats.nextRevision(LOBBY), at: NOW });
    await store.messages.addVersion(second, versionOf(second));
    await store.messages.change(better);
    const by = third.author.id;
    const gone = tombstone(third, { revision: await store.chats.nextRevision(LOBBY), by, at: NOW });
    await store.messages.change(gone);
    return [better, gone];
  });
  expect(await storage.view.messages.changedAfter(LOBBY, revision(100), 10)).toEqual(changed);
  await storage.close();
});

it('members of an older version have read everything, and nothing of what comes next', async () => {
  const storage = await openSqliteStorage(await anOlderDatabase('reading.db'), recordingLog());
  const ada = userId(1);
  const reading = async () => (await storage.view.reading.ofMembers(LOBBY, [ada])).get(ada);
  expect(await reading()).toMatchObject({
    pointer: { position: 100, version: 0 },
    level: 'mentions',
    revision: 100,
    unread: 0,
    mentions: 0,
  });
  await storage.unitOfWork.run(async (store) => {
    const chat = await store.chats.find(LOBBY);
    if (!chat) throw new Error('There is one.');
    await insertMessage(store, chat, await insertUser(store, 'bob'));
  });
  expect(await reading()).toMatchObject({ pointer: { position: 100 }, unread: 1 });
  await storage.close();
});

it('a migrated file is sound, and no constraint lists the words that will grow', async () => {
  const path = await anOlderDatabase('sound.db');
  await (await openSqliteStorage(path, recordingLog())).close();
  const database = new Database(path, { readonly: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.pragma('foreign_key_check')).toEqual([]);
  const definitions = database.prepare<[], string>("select sql from sqlite_schema where type = 'table'").pluck().all();
  expect(definitions.filter((sql) => / check \(/i.test(sql))).toEqual([]);
  database.close();
});

it('an installation of an older version has no administrator until its operator makes one', async () => {
  const storage = await openSqliteStorage(await anOlderDatabase('administered.db'), recordingLog());
  onTestFinished(() => storage.close());
  const { administration } = storage.view;
  expect([await administration.hasPeople(), await administration.administrators()]).toEqual([true, []]);
  expect(await administration.standingOf(aUsernameKey('ada'))).toMatchObject({
    ...{ administratorSince: null, deactivatedAt: null },
  });
});
