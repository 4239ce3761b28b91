import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type UpgradeTools, upgradeOriginal } from '../../src/adapters/original-app/upgrade.ts';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { inviteId } from '../../src/domain/chats/invite.ts';
import { chatId, userId } from '../../src/domain/ids.ts';
import { textOf } from '../../src/domain/messages/message.ts';
import { aUsernameKey, insertUser } from '../builders.ts';
import { type RecordingLog, recordingLog } from '../fakes.ts';
import { ODD, OLD_CODE, OLD_TOKEN, openOriginal, ordinary, originalDatabase, sha256 } from './original-app.ts';

const root = mkdtempSync(join(tmpdir(), 'shoal-original-'));
afterAll(() => rmSync(root, { recursive: true }));

let directory = '';
let path = '';
let log: RecordingLog;

beforeEach(() => {
  directory = mkdtempSync(join(root, 'data-'));
  path = join(directory, 'database.db');
  log = recordingLog();
});

function tools(changes: Partial<UpgradeTools> = {}): UpgradeTools {
  const wrapSha256 = async (hex: string) => `wrapped ${systemSecrets.digest(hex)}`;
  return { clock: systemClock, secrets: systemSecrets, wrapSha256, ...changes };
}

const open = (changes?: Partial<UpgradeTools>, at = path): Promise<Storage> =>
  openSqliteStorage(at, log, { upgradeOriginal: (file) => upgradeOriginal(file, log, tools(changes)) });
/** The files, without those that SQLite keeps beside an open database. */
const files = () =>
  readdirSync(directory)
    .filter((name) => !/-(wal|shm|lock|mark)$/.test(name))
    .toSorted();
const bytesOf = (name: string) => readFileSync(join(directory, name));

/** The result of the upgrade, without its times. */
function contents(file = path) {
  const database = new Database(file, { readonly: true });
  const all = (sql: string) => database.prepare(sql).raw().all();
  const found = {
    users: all('select id, username, username_key from users order by id'),
    chats: all('select id, name, revision from chats order by id'),
    members: all('select chat_id, user_id, role from members order by joined_at'),
    invites: all('select id, chat_id, created_by, expires_at from invites order by id'),
    messages: all('select chat_id, position, author_id, kind, client_id, hex(text) from messages'),
    sessions: all('select * from sessions'),
    unread: all(`select members.user_id from members left join read_pointers using (chat_id, user_id)
      join chats on chats.id = members.chat_id where position is not revision`),
  };
  database.close();
  return found;
}

describe('MG-1: a database of the original app', () => {
  it('is upgraded with its users, chats and members', async () => {
    originalDatabase(path, ODD);
    await (await open()).close();
    const { users, chats, members, sessions } = contents();
    expect(users.map((row) => Array.isArray(row) && row.slice(0, 2))).toEqual([
      [1, 'ada'],
      [2, 'bob'],
      [4, 'Bob-3'],
      [5, 'bob-4'],
      [6, 'bob-2'],
      [7, 'mallory- hi'],
      [8, 'user-8'],
      [9, 'user-9'],
      [10, 'x'.repeat(32)],
      [11, 'edge'],
      [12, 'line-break'],
      [13, 'eve'],
      [14, 'frank'],
      [15, 'unknown'],
      [16, 'gone'],
      [17, 'unknown-2'],
    ]);
    expect(chats).toEqual([
      [1, 'Harbour', 10],
      [2, 'Chat 2', 1],
      [3, 'Nobody here', 1],
      [7, 'two lines', 0],
      [50, 'Chat 50', 2],
      [51, 'Far away', 1],
      [52, 'Messages without a chat', 1],
    ]);
    expect(members).toEqual([
      [1, 2, 'owner'],
      [1, 1, 'member'],
      [2, 5, 'owner'],
      [7, 1, 'owner'],
      [51, 1, 'owner'],
    ]);
    expect(sessions).toEqual([]);
  });

  it('has nothing unread: the original app did not record what people have read', async () => {
    originalDatabase(path, ODD);
    const storage = await open();
    for (const [id] of contents().members.map((row) => (Array.isArray(row) ? row.slice(1) : [])))
      for (const { reading } of await storage.view.chats.summariesOfUser(userId(Number(id))))
        expect(reading).toMatchObject({ unread: 0, pointer: { version: 0 } });
    await storage.close();
    expect(contents().unread).toEqual([]);
  });

  it('keeps each message, byte for byte, in the order of the ids and under its author', async () => {
    originalDatabase(path, ODD);
    const storage = await open();
    const messages = await storage.view.messages.before(chatId(1), undefined, 100);
    expect(messages.map(({ position, author, sentAt }) => [position, author.username, stamp(sentAt)])).toEqual([
      [1, 'ada', '2024-05-01T12:00:00.000Z'],
      [2, 'bob', '2024-05-01T12:00:01.250Z'],
      [3, 'gone', '2024-05-01T12:00:01.250Z'],
      [4, 'Bob-3', '2020-01-01T00:00:00.000Z'],
      [5, 'ada', '2024-05-01T12:00:04.000Z'],
      [6, 'ada', '2024-05-01T12:00:04.000Z'],
      [7, 'ada', '2024-05-01T12:00:05.500Z'],
      [8, 'unknown-2', '2024-05-01T12:00:06.000Z'],
      [9, 'ada', '2024-05-01T12:00:07.000Z'],
      [10, 'user-8', '2024-05-01T12:00:08.000Z'],
    ]);
    expect(messages.map((message) => textOf(message).slice(0, 30))).toEqual([
      'first',
      'second',
      'a gap before, and no time',
      'out of order by its time',
      '',
      'a\0b',
      'y'.repeat(30),
      '',
      'blob\ufffd',
      '42',
    ]);
    const [inGone] = await storage.view.messages.before(chatId(50), undefined, 1);
    expect(inGone).toMatchObject({ position: 2, text: 'in a chat that is gone, later' });
    const [third] = await storage.view.messages.before(chatId(2), undefined, 100);
    expect(third?.author.username).toBe('bob-4');
    await storage.close();

    const database = new Database(path, { readonly: true });
    const hex = database.prepare('select hex(text) from messages where chat_id = 1 and position in (6, 9)').pluck();
    expect(hex.all()).toEqual([Buffer.from('a\0b').toString('hex'), '626C6F62FF'].map((text) => text.toUpperCase()));
    expect(database.prepare('select length(cast(text as blob)) from messages where position = 7').pluck().get()).toBe(
      50_000,
    );
    const firstTime = database.prepare('select sent_at from messages where chat_id = 50').pluck().get();
    expect(stamp(Number(firstTime))).toBe('2024-05-01T12:00:09.000Z');
    database.close();
  });

  it('keeps the invites that are good, under the digests of their codes', async () => {
    originalDatabase(path, ODD);
    const storage = await open();
    const found = async (code: string) => storage.view.invites.find(inviteId(systemSecrets.digest(code)));
    const until = Number(ODD.InviteCodes?.[0]?.[2]);
    expect(await found(OLD_CODE)).toMatchObject({ chatId: 1, createdBy: 2, expiresAt: until });
    expect((await found('seconds-1'))?.expiresAt).toBe(Math.floor(until / 1000) * 1000);
    expect((await found('text-1'))?.expiresAt).toBe(Math.floor(until / 1000) * 1000);
    for (const code of ['late-1', 'lost-1', 'no-time-1', 'empty-chat-1', '']) expect(await found(code)).toBeUndefined();
    await storage.close();
  });

  it('AU-5: wraps each hash; who had none, or is only an author, gets the hash of something that nobody knows', async () => {
    originalDatabase(path, ODD);
    const wrapped: string[] = [];
    const storage = await open({
      async wrapSha256(hex) {
        wrapped.push(hex);
        return `wrapped ${hex.length} ${wrapped.length}`;
      },
    });
    expect(wrapped).toHaveLength(16);
    expect(wrapped.filter((hex) => /^[0-9a-f]{64}$/.test(hex))).toHaveLength(12);
    expect(new Set(wrapped).size).toBe(16);
    for (const [name, length] of [
      ['eve', 43],
      ['gone', 43],
      ['ada', 64],
    ] as const) {
      const known = await storage.view.users.credentialsOf(aUsernameKey(name));
      expect(known?.passwordHash).toMatch(new RegExp(`^wrapped ${length} `));
    }
    await storage.close();
  });

  it('AU-5, SE-2: leaves no bare hash, token or code in any file but the copy', async () => {
    originalDatabase(path, ODD);
    const storage = await open();
    const secrets = [OLD_TOKEN, 'another-old-token', OLD_CODE, 'late-1', 'lost-1', 'not a hash at all'];
    for (const [, , hash] of ODD.Users ?? []) if (hash !== null) secrets.push(String(hash));
    for (const when of ['open', 'closed']) {
      if (when === 'closed') await storage.close();
      for (const name of readdirSync(directory).filter((file) => file !== 'database.db.original-app')) {
        for (const secret of secrets) expect([name, bytesOf(name).includes(secret)]).toEqual([name, false]);
        expect([
          name,
          bytesOf(name)
            .toString('latin1')
            .match(/[0-9a-f]{64}/),
        ]).toEqual([name, null]);
      }
    }
    for (const secret of secrets) expect(bytesOf('database.db.original-app').includes(secret)).toBe(true);
    expect(JSON.stringify(log.entries)).not.toMatch(new RegExp([...secrets, '[0-9a-f]{64}'].join('|')));
  });

  it('is not upgraded again, and goes on as any other', async () => {
    originalDatabase(path, ODD);
    await (await open()).close();
    const storage = await open();
    await storage.unitOfWork.run((store) => store.chats.nextRevision(chatId(1)));
    expect((await storage.view.chats.find(chatId(1)))?.revision).toBe(11);
    expect((await storage.unitOfWork.run((store) => insertUser(store, 'new'))).id).toBe(18);
    await storage.close();
    expect(files()).toEqual(['database.db', 'database.db.original-app', 'database.db.original-app.report.txt']);
    expect(log.entries.filter(({ details }) => details.event === 'upgrade_started')).toHaveLength(1);
  });

  it('may be empty, or in UTF-16', async () => {
    originalDatabase(path, {});
    await (await open()).close();
    expect(contents().users).toEqual([]);
    rmSync(path);
    const utf16 = new Database(path);
    utf16.pragma("encoding = 'UTF-16le'");
    utf16.close();
    originalDatabase(path, { Users: [[1, 'zoë', null]], Messages: [[1, 'ahoy 🐟', 'zoë', 1, null]] });
    const storage = await open();
    const [message] = await storage.view.messages.before(chatId(1), undefined, 1);
    expect(message).toMatchObject({ text: 'ahoy 🐟', author: { id: 1, username: 'zoë' } });
    await storage.close();
  });

  it('may be large: 200 users and 20,000 messages', async () => {
    originalDatabase(path, ordinary({ users: 200, messages: 20_000 }));
    const storage = await open();
    expect((await storage.view.chats.find(chatId(10)))?.revision).toBe(2000);
    const texts = (await storage.view.messages.before(chatId(3), undefined, 2)).map(textOf);
    expect(texts).toEqual(['message 19983', 'message 19993']);
    expect(await storage.view.members.count(chatId(1))).toBe(40);
    await storage.close();
  });
});

describe('the copy beside it', () => {
  it('is complete, the log included, and its owner’s alone', async () => {
    const app = openOriginal(path, {});
    app.pragma('journal_mode = wal');
    app.prepare('insert into Users values (1, ?, ?)').run('ada', sha256('ada'));
    // As after a crash of the original app: the latest rows are only in the log.
    const crashed = join(directory, 'crashed.db');
    for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}`, `${crashed}${suffix}`);
    app.close();
    path = crashed;
    const storage = await open();
    expect((await storage.view.users.credentialsOf(aUsernameKey('ada')))?.user.id).toBe(1);
    await storage.close();

    const copy = new Database(`${crashed}.original-app`, { readonly: true });
    expect(copy.prepare('select username from Users').pluck().all()).toEqual(['ada']);
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    copy.close();
    for (const suffix of ['', '.original-app', '.original-app.report.txt']) {
      expect(statSync(`${crashed}${suffix}`).mode & 0o777).toBe(0o600);
    }
  });

  it('is of what had been committed when the original app was killed while it wrote', async () => {
    const app = openOriginal(path, ordinary({ users: 5, messages: 2000 }));
    app.pragma('cache_size = 5');
    app.exec("begin; update Messages set message_text = 'never committed'");
    const crashed = join(directory, 'crashed.db');
    for (const suffix of ['', '-journal']) copyFileSync(`${path}${suffix}`, `${crashed}${suffix}`);
    app.close();
    expect(readFileSync(crashed).includes('never committed')).toBe(true);
    path = crashed;
    const storage = await open();
    const [last] = await storage.view.messages.before(chatId(10), undefined, 1);
    expect(last).toMatchObject({ position: 200, text: 'message 2000' });
    await storage.close();
    expect(readFileSync(`${crashed}.original-app`).includes('never committed')).toBe(false);
  });

  it('can be put back, and upgraded again alike', async () => {
    originalDatabase(path, ODD);
    await (await open()).close();
    const first = contents();
    copyFileSync(join(directory, 'database.db.original-app'), path);
    await (await open()).close();
    expect(contents()).toEqual(first);
    expect(files()).toEqual(['database.db', 'database.db.original-app', 'database.db.original-app.report.txt']);
  });

  it('never takes the place of an earlier one', async () => {
    originalDatabase(path, ODD);
    writeFileSync(`${path}.original-app`, 'an earlier copy');
    await (await open()).close();
    expect(readFileSync(`${path}.original-app`, 'utf8')).toBe('an earlier copy');
    const copy = new Database(`${path}.original-app-2`, { readonly: true });
    expect(copy.prepare('select count(*) from Users').pluck().get()).toBe(15);
    copy.close();
  });

  it('stands beside the file itself where DATABASE_URL names a link to it', async () => {
    originalDatabase(path, ODD);
    const link = join(root, `link-${Date.now()}`);
    symlinkSync(path, link);
    await (await open({}, link)).close();
    expect(files()).toContain('database.db.original-app');
    expect(contents(link)).toEqual(contents());
  });
});

describe('the report', () => {
  it('says what changed, a line each, and where the secrets still are', async () => {
    originalDatabase(path, ODD);
    await (await open()).close();
    const text = bytesOf('database.db.original-app.report.txt').toString();
    for (const line of [
      'It now holds 16 users, 7 chats with 5 memberships, 16 messages',
      'and 3 invites that still work. 2 sessions ended',
      '- "bob": user 3 is the same as user 2',
      '- "bob" is now "bob-4" (user 5)',
      '- "line\\u{a}break\\u{202e}" is now "line-break" (user 12)',
      '- "eve" (user 13): its password hash is unreadable',
      '- "gone" (user 16), for messages written as "gone"',
      '- chat 9000000000 is now chat 51 "Far away", and links',
      '- memberships of missing users or chats: 3',
      '- duplicate memberships: 2',
      '- invites that had expired: 1',
      'database.db.original-app is a copy',
    ]) {
      expect(text).toContain(line);
    }
    const lines = log.entries
      .filter(({ details }) => details.event === 'upgrade_changed')
      .map(({ message }) => message);
    expect(lines).toContain('"bob" is now "bob-4" (user 5)');
    expect(log.entries.at(-1)?.details).toMatchObject({ event: 'upgrade_finished', users: 16, messages: 16 });
  });
});

describe('MG-2: an upgrade that does not come to its end', () => {
  it('changes nothing, and the next start completes it', async () => {
    originalDatabase(path, ODD);
    const before = readFileSync(path);
    let wrapped = 0;
    const failing = async (hex: string) => {
      wrapped += 1;
      if (wrapped === 9) throw new Error('The power is out.');
      return hex.slice(0, 5);
    };
    await expect(open({ wrapSha256: failing })).rejects.toThrow('The power is out.');
    expect(readFileSync(path)).toEqual(before);
    for (const left of [
      '.upgrading',
      '.upgrading-journal',
      '.original-app.partial',
      '.original-app.report.txt.partial',
    ]) {
      writeFileSync(`${path}${left}`, 'half of something');
    }
    await (await open()).close();
    expect(files()).toEqual(['database.db', 'database.db.original-app', 'database.db.original-app.report.txt']);
    expect(contents().users).toHaveLength(16);
  });

  it('is done once when several start together', async () => {
    originalDatabase(path, ODD);
    const starts = await Promise.allSettled([open(), open(), open()]);
    const up = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    expect(up).toHaveLength(1);
    for (const storage of up) {
      expect((await storage.view.users.credentialsOf(aUsernameKey('bob-4')))?.user.id).toBe(userId(5));
      await storage.close();
    }
    expect(log.entries.filter(({ details }) => details.event === 'upgrade_finished')).toHaveLength(1);
  });

  it('waits for the original app to end what it writes, and gives up while it goes on', async () => {
    const app = openOriginal(path, ODD);
    app.exec('begin immediate');
    await expect(open()).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    expect(files().filter((name) => name.startsWith('database.db.'))).toEqual([]);
    app.exec('rollback');
    app.close();
    await (await open()).close();
    expect(contents().users).toHaveLength(16);
  });
});

describe('a file that is something else is refused, and stays as it is', () => {
  it.each<[string, (database: Database.Database) => void, RegExp]>([
    ['another program', (database) => database.exec('create table Users (id, name)'), /another program/],
    [
      'a part of the original app',
      (database) => database.exec('create table Users (userID, username, password_hash); create table Chats (chatID)'),
      /another program/,
    ],
    [
      'another program with Kysely',
      (database) => database.exec("create table kysely_migration (name); insert into kysely_migration values ('init')"),
      /another program/,
    ],
    [
      'MG-2: a newer version',
      (database) =>
        database.exec(`create table kysely_migration (name);
          insert into kysely_migration values ('001-chat'), ('002-members'), ('999-tomorrow')`),
      /newer version, which has 999-tomorrow/,
    ],
  ])('%s', async (_what, fill, reason) => {
    const database = new Database(path);
    fill(database);
    database.close();
    const before = readFileSync(path);
    await expect(open()).rejects.toThrow(reason);
    expect(readFileSync(path)).toEqual(before);
    expect(files()).toEqual(['database.db']);
  });

  it('a file of the original app, where no upgrade is at hand', async () => {
    originalDatabase(path, ODD);
    const before = readFileSync(path);
    await expect(openSqliteStorage(path, log)).rejects.toThrow('upgraded when the server starts');
    expect(readFileSync(path)).toEqual(before);
  });
});

const stamp = (ms: number): string => new Date(ms).toISOString();
