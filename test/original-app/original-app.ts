import { hash } from 'node:crypto';
import Database from 'better-sqlite3';

/** The statements of the original app at its start. It enforced nothing, not even unique names or memberships. */
const SCHEMA = [
  'CREATE TABLE IF NOT EXISTS Users (userID INTEGER PRIMARY KEY, username TEXT, password_hash TEXT)',
  `CREATE TABLE IF NOT EXISTS Sessions (
    sessionID INTEGER PRIMARY KEY, userID INTEGER, session_token TEXT, expires_at DATETIME,
    FOREIGN KEY (userID) REFERENCES Users (userID))`,
  'CREATE TABLE IF NOT EXISTS Chats (chatID INTEGER PRIMARY KEY, chat_name TEXT)',
  `CREATE TABLE IF NOT EXISTS ChatMembers (
    chatID INTEGER, userID INTEGER,
    FOREIGN KEY (chatID) REFERENCES Chats (chatID), FOREIGN KEY (userID) REFERENCES Users (userID))`,
  `CREATE TABLE IF NOT EXISTS Messages (
    messageID INTEGER PRIMARY KEY, message_text TEXT, username TEXT, chatID INTEGER,
    timestamp DATETIME DEFAULT CURRENT_TIMESTAMP, FOREIGN KEY (chatID) REFERENCES Chats (chatID))`,
  `CREATE TABLE IF NOT EXISTS InviteCodes (
    code TEXT, chatID INTEGER, expires_at DATETIME, FOREIGN KEY (chatID) REFERENCES Chats (chatID))`,
];

type Value = string | number | bigint | Buffer | null;

export interface OriginalTables {
  readonly Users?: readonly [id: Value, name: Value, hash: Value][];
  readonly Sessions?: readonly [id: Value, userId: Value, token: Value, expiresAt: Value][];
  readonly Chats?: readonly [id: Value, name: Value][];
  readonly ChatMembers?: readonly [chatId: Value, userId: Value][];
  readonly Messages?: readonly [id: Value, text: Value, name: Value, chatId: Value, timestamp: Value][];
  readonly InviteCodes?: readonly [code: Value, chatId: Value, expiresAt: Value][];
}

export const sha256 = (password: string): string => hash('sha256', password, 'hex');

/** Creates a database file with the original app's own statements. */
export function originalDatabase(path: string, tables: OriginalTables): void {
  const database = openOriginal(path, tables);
  database.close();
}

/** The same, still open: the latest rows may be in the log beside the file. */
export function openOriginal(path: string, tables: OriginalTables): Database.Database {
  const database = new Database(path);
  database.pragma('foreign_keys = off');
  for (const statement of SCHEMA) database.exec(statement);
  database.transaction(() => {
    for (const [table, rows] of Object.entries(tables)) {
      for (const row of rows) {
        database.prepare(`INSERT INTO ${table} VALUES (${row.map(() => '?').join(', ')})`).run(...row);
      }
    }
  })();
  return database;
}

export const OLD_TOKEN = 'an-old-session-token-0123456789abcdef';
export const OLD_CODE = 'tide-42';
const HOUR = 3_600_000;
const [PAST, FUTURE] = [Date.now() - HOUR, Date.now() + 100 * HOUR];

/** A database of the original app with every oddity. */
export const ODD: OriginalTables = {
  Users: [
    [1, 'ada', sha256('ada')],
    [2, 'bob', sha256('bob has a good one')],
    [3, 'bob', sha256('bob has a good one')],
    [4, 'Bob', sha256('another Bob')],
    [5, 'bob', sha256('a third bob')],
    [6, 'bob-2', sha256('really bob-2')],
    [7, 'mallory: hi', sha256('mallory has none')],
    [8, '', sha256('nameless one')],
    [9, null, sha256('nameless two')],
    [10, 'x'.repeat(40), sha256('long is my name')],
    [11, ' edge ', sha256('on the edge')],
    [12, 'line\nbreak\u202e', sha256('broken line')],
    [13, 'eve', null],
    [14, 'frank', 'not a hash at all'],
    [15, 'unknown', sha256('I am unknown')],
  ],
  Sessions: [
    [1, 1, OLD_TOKEN, FUTURE],
    [2, 2, 'another-old-token-0123456789abcdef', '2024-01-01 00:00:00'],
  ],
  Chats: [
    [1, 'Harbour'],
    [2, ''],
    [3, 'Nobody here'],
    [7, 'two\nlines'],
    [9_000_000_000, 'Far away'],
  ],
  ChatMembers: [
    [1, 2],
    [1, 1],
    [1, 3],
    [1, 1],
    [2, 5],
    [7, 1],
    [9_000_000_000, 1],
    [1, 99],
    [99, 1],
    [null, 1],
  ],
  Messages: [
    [1, 'first', 'ada', 1, '2024-05-01 12:00:00'],
    [2, 'second', 'bob', 1, '2024-05-01T12:00:01.250Z'],
    [5, 'out of order by its time', 'Bob', 1, '2020-01-01 00:00:00'],
    [4, 'a gap before, and no time', 'gone', 1, null],
    [6, 'third bob speaking', 'bob', 2, 1_714_564_803],
    [7, '', 'ada', 1, 1_714_564_804_000],
    [8, 'a\0b', 'ada', 1, 'yesterday'],
    [9, 'y'.repeat(50_000), 'ada', 1, '2024-05-01 14:00:05.5+02:00'],
    [10, null, null, 1, '2024-05-01 12:00:06'],
    [11, Buffer.from([0x62, 0x6c, 0x6f, 0x62, 0xff]), 'ada', 1, '2024-05-01 12:00:07'],
    [12, 42n, '', 1, '2024-05-01 12:00:08'],
    [13, 'in a chat that is gone', 'ada', 50, null],
    [14, 'in a chat that is gone, later', 'ada', 50, '2024-05-01 12:00:09'],
    [15, 'in no chat', 'ada', null, 'never'],
    [16, 'far', 'ada', 9_000_000_000, '2024-05-01 12:00:10'],
    [17, 'nobody hears', 'mallory: hi', 3, '2024-05-01 12:00:11'],
  ],
  InviteCodes: [
    [OLD_CODE, 1, FUTURE],
    [OLD_CODE, 7, FUTURE],
    ['late-1', 1, PAST],
    ['seconds-1', 7, Math.floor(FUTURE / 1000)],
    ['text-1', 1, new Date(FUTURE).toISOString().replace('T', ' ').slice(0, 19)],
    ['lost-1', 99, FUTURE],
    ['empty-chat-1', 3, FUTURE],
    ['no-time-1', 1, null],
    [null, 1, FUTURE],
  ],
};

/** An ordinary database: users in ten chats, and their messages. Passwords are `password of` and the name. */
export function ordinary({ users, messages }: { users: number; messages: number }): OriginalTables {
  const start = Date.UTC(2024, 4, 1);
  const names = Array.from({ length: users }, (_, n) => `user${n}`);
  const chats = Array.from({ length: 10 }, (_, n) => n + 1);
  return {
    Users: names.map((name, n) => [n + 1, name, sha256(`password of ${name}`)]),
    Sessions: [[1, 1, OLD_TOKEN, FUTURE]],
    Chats: chats.map((chat) => [chat, `Chat number ${chat}`]),
    ChatMembers: names.flatMap((_, n) =>
      [[(n % 10) + 1, n + 1] as const, [((n + 1) % 10) + 1, n + 1] as const].map(([chat, user]) => [chat, user]),
    ),
    Messages: Array.from({ length: messages }, (_, n) => [
      n + 1,
      `message ${n + 1}`,
      names[n % users] ?? null,
      (n % 10) + 1,
      new Date(start + n * 1000).toISOString().replace('T', ' ').slice(0, 19),
    ]),
    InviteCodes: [[OLD_CODE, 1, FUTURE]],
  };
}
