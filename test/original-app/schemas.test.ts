import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { upgradeOriginal } from '../../src/adapters/original-app/upgrade.ts';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { inviteId } from '../../src/domain/chats/invite.ts';
import { chatId, userId } from '../../src/domain/ids.ts';
import { textOf } from '../../src/domain/messages/message.ts';
import { recordingLog } from '../fakes.ts';
import { sha256 } from './original-app.ts';

const root = mkdtempSync(join(tmpdir(), 'shoal-original-schemas-'));
afterAll(() => rmSync(root, { recursive: true }));

let path = '';
beforeEach(() => {
  path = join(mkdtempSync(join(root, 'data-')), 'database.db');
});

function open(): Promise<Storage> {
  const tools = { clock: systemClock, secrets: systemSecrets, wrapSha256: async (hex: string) => `wrapped ${hex}` };
  const log = recordingLog();
  return openSqliteStorage(path, log, { upgradeOriginal: (file) => upgradeOriginal(file, log, tools) });
}

const FUTURE = new Date(Date.now() + 86_400_000).toISOString();
const sqlTime = (iso: string) => iso.slice(0, 19).replace('T', ' ');

/** A small installation, inserted by column names only. Bob created the chat; Ada joined later. */
function fill(
  database: Database.Database,
  { id = (n: number): unknown => n, time = sqlTime as (iso: string) => unknown } = {},
) {
  const insert = (table: string, row: Record<string, unknown>) => {
    const columns = Object.keys(row);
    database
      .prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
      .run(...Object.values(row));
  };
  for (const [n, username] of [
    [1, 'ada'],
    [2, 'bob'],
    [10, 'Ada'],
  ] as const) {
    insert('Users', { userID: id(n), username, password_hash: sha256(username) });
  }
  for (const n of [3, 12]) insert('Chats', { chatID: id(n), chat_name: `Chat ${n}` });
  for (const n of [2, 1, 10]) insert('ChatMembers', { chatID: id(3), userID: id(n) });
  insert('ChatMembers', { chatID: id(12), userID: id(1) });
  for (let n = 1; n <= 12; n += 1) {
    const at = time(`2024-05-01T12:00:${String(n).padStart(2, '0')}.000Z`);
    const username = ['bob', 'ada', 'Ada'][(n - 1) % 3];
    insert('Messages', { messageID: id(n), message_text: `m${n}`, username, chatID: id(3), timestamp: at });
  }
  insert('Messages', { messageID: id(13), message_text: 'alone', username: 'ada', chatID: id(12), timestamp: null });
  insert('Sessions', { sessionID: id(1), userID: id(1), session_token: 'token', expires_at: time(FUTURE) });
  insert('InviteCodes', { code: 'tide-42', chatID: id(3), expires_at: time(FUTURE) });
}

async function expectAllOfIt(): Promise<void> {
  const storage = await open();
  const { members, messages, chats, invites } = storage.view;
  const list = await members.list(chatId(3), undefined, 10);
  expect(list.map(({ user, role }) => `${user.username} ${role}`)).toEqual(['bob owner', 'ada member', 'Ada-2 member']);
  expect(list.map(({ user }) => user.id)).toEqual([2, 1, 10]);
  const history = await messages.before(chatId(3), undefined, 100);
  expect(history.map((message) => `${textOf(message)} ${message.author.username} ${message.sentAt}`)).toEqual(
    Array.from({ length: 12 }, (_, n) => {
      const author = ['bob', 'ada', 'Ada-2'][n % 3];
      return `m${n + 1} ${author} ${Date.UTC(2024, 4, 1, 12, 0, n + 1)}`;
    }),
  );
  expect((await messages.before(chatId(12), undefined, 100)).map(textOf)).toEqual(['alone']);
  expect((await chats.ofUser(userId(1))).map(({ name }) => name).toSorted()).toEqual(['Chat 12', 'Chat 3']);
  expect(await invites.find(inviteId(systemSecrets.digest('tide-42')))).toMatchObject({ chatId: 3, createdBy: 2 });
  await storage.close();
}

/** Creates the six tables with these columns, and a suffix for each definition. */
function schema(columns: Readonly<Record<string, string>>, end: (table: string) => string = () => ''): string {
  return Object.entries(columns)
    .map(([table, definition]) => `create table ${table} (${definition}) ${end(table)};`)
    .join('\n');
}

const PLAIN = {
  Users: 'userID integer primary key, username text, password_hash text',
  Sessions: 'sessionID integer primary key, userID integer, session_token text, expires_at datetime',
  Chats: 'chatID integer primary key, chat_name text',
  ChatMembers: 'chatID integer, userID integer, primary key (chatID, userID)',
  Messages: 'messageID integer primary key, message_text text, username text, chatID integer, timestamp datetime',
  InviteCodes: 'code text primary key, chatID integer, expires_at datetime',
};
/** The same without types, so that values are stored as they are inserted. */
const UNTYPED = Object.fromEntries(
  Object.entries(PLAIN).map(([table, columns]) => [table, columns.replaceAll(/ (integer|text|datetime)\b/g, '')]),
);
const withTypes = (type: string) =>
  Object.fromEntries(
    Object.entries(PLAIN).map(([table, columns]) => [
      table,
      columns.replaceAll(/ (integer|text|datetime)\b/g, ` ${type}`),
    ]),
  );

describe("the original app's own file does not promise a rowid, nor anything else but its names", () => {
  it.each<[string, string]>([
    ['all with a rowid', schema(PLAIN)],
    ['all WITHOUT ROWID', schema(PLAIN, () => 'without rowid')],
    ['only ChatMembers WITHOUT ROWID', schema(PLAIN, (table) => (table === 'ChatMembers' ? 'without rowid' : ''))],
    ['strict', schema(withTypes('any'), () => 'strict')],
    ['without types', schema(UNTYPED)],
    ['in text that knows no case', schema(withTypes('text collate nocase'))],
    ['in text that knows no case, WITHOUT ROWID', schema(withTypes('text collate nocase'), () => 'without rowid')],
    [
      'in real numbers',
      schema({ ...PLAIN, ChatMembers: 'chatID real, userID real', Users: 'userID real, username, password_hash' }),
    ],
    [
      'in other case and order, with columns and indexes more',
      schema({
        users: 'password_hash varchar(64), email text, USERNAME varchar(10), USERID integer primary key autoincrement',
        SESSIONS: 'expires_at text, session_token text unique, userid int, sessionid integer primary key',
        chats: 'created_by int, CHAT_NAME text, ChatId integer primary key',
        chatmembers: 'role text default 1, UserId int not null, ChatId int not null, unique (UserId, ChatId)',
        messages: 'timestamp, chatid int, username, message_text, edited int default 0, MESSAGEID integer primary key',
        invitecodes: 'expires_at, chatid, uses int default 3, CODE text',
      }),
    ],
    [
      'with columns named as the rowid is',
      schema(
        Object.fromEntries(
          Object.entries(PLAIN).map(([table, columns]) => [
            table,
            columns.replace(/^/, 'rowid text default 7, oid text default 8, '),
          ]),
        ),
      ),
    ],
    [
      'with columns that take every name of the rowid',
      schema(
        Object.fromEntries(
          Object.entries(PLAIN).map(([table, columns]) => [
            table,
            `_rowid_ default 1, rowid default 1, oid default 1, ${columns}`,
          ]),
        ),
      ),
    ],
  ])('%s', async (_what, statements) => {
    const database = new Database(path);
    database.exec(statements);
    fill(database);
    database.close();
    await expectAllOfIt();
  });

  it.each<[string, (n: number) => unknown]>([
    ['texts', String],
    ['real numbers', (n) => n],
    ['bytes', (n) => Buffer.from(String(n))],
  ])('ids that are %s', async (_what, id) => {
    const database = new Database(path);
    database.exec(schema(UNTYPED, (table) => (table === 'Messages' ? 'without rowid' : '')));
    fill(database, { id });
    database.close();
    await expectAllOfIt();
  });

  it.each<[string, (iso: string) => unknown]>([
    ['seconds', (iso) => BigInt(Math.floor(Date.parse(iso) / 1000))],
    ['milliseconds as text', (iso) => String(Date.parse(iso))],
    ['RFC 3339 text', (iso) => iso],
    ['text with an offset', (iso) => `${sqlTime(new Date(Date.parse(iso) + 7_200_000).toISOString())} +02:00`],
    ['the bytes of a text', (iso) => Buffer.from(sqlTime(iso))],
  ])('times that are %s', async (_what, time) => {
    const database = new Database(path);
    database.exec(schema(UNTYPED));
    fill(database, { time });
    database.close();
    await expectAllOfIt();
  });

  it('messages whose ids are no numbers are in the order of their times, where there is no rowid', async () => {
    const database = new Database(path);
    database.exec(schema(UNTYPED, () => 'without rowid'));
    fill(database, { id: (n) => (n === 13 ? 13 : n) });
    database.exec("update Messages set messageID = 'm-' || (100 - messageID)");
    database.close();
    await expectAllOfIt();
  });

  it('views of these names are not its tables', async () => {
    const database = new Database(path);
    database.exec(schema(PLAIN));
    database.exec('alter table Messages rename to M; create view Messages as select * from M');
    database.close();
    await expect(open()).rejects.toThrow('another program');
  });
});

describe("the original app's own file, original-app.db", () => {
  it('is upgraded whole, each message in its place', async () => {
    const fixture = fileURLToPath(new URL('original-app.db', import.meta.url));
    copyFileSync(fixture, path);
    const original = new Database(fixture, { readonly: true });
    const written = original.prepare(
      'select message_text, timestamp from Messages where chatID = 1 order by messageID',
    );
    const expected = written.raw().all();
    original.close();

    const storage = await open();
    const history = await storage.view.messages.changedAfter(chatId(1), 0 as never, 1000);
    expect(history.map((message) => [textOf(message), sqlTime(new Date(message.sentAt).toISOString())])).toEqual(
      expected,
    );
    expect(history.map(({ position }) => position)).toEqual(expected.map((_, n) => n + 1));
    const members = await storage.view.members.list(chatId(1), undefined, 10);
    expect(members.map(({ user, role }) => [user.id, user.username, role])).toEqual([
      [1, 'ada', 'owner'],
      [2, 'bob', 'member'],
      [8, 'user-8', 'member'],
      [6, 'naïve', 'member'],
    ]);
    expect((await storage.view.chats.ofUser(userId(1))).map(({ name }) => name)).toEqual([
      'line break',
      'emoji 🎉',
      'x'.repeat(80),
      'Chat 3',
      'Chat 2',
      'Engine room',
    ]);
    await storage.close();
  });
});
