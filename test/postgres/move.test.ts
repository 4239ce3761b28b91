import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import type { Store } from '../../src/application/ports/store.ts';
import { type Chat, revision } from '../../src/domain/chats/chat.ts';
import type { User } from '../../src/domain/identity/user.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { assertText, edited, tombstone, versionOf } from '../../src/domain/messages/changes.ts';
import { type TextMessage, textOf } from '../../src/domain/messages/message.ts';
import { messageBody } from '../../src/domain/messages/message-body.ts';
import { quoteOf } from '../../src/domain/messages/quotes.ts';
import { pinned } from '../../src/domain/pins/pinning.ts';
import { emoji } from '../../src/domain/reactions/emoji.ts';
import {
  aMessageIn,
  anInviteTo,
  aSessionOf,
  aUsername,
  aUsernameKey,
  insertChat,
  insertMessage,
  insertUser,
  NOW,
} from '../builders.ts';
import { anErasure } from '../contracts/storage/jobs.ts';
import { recordingLog } from '../fakes.ts';
import { ODD, originalDatabase } from '../original-app/original-app.ts';
import { bundleOf, COMPILED } from '../system/programs.ts';
import { PostgresServer } from './postgres-server.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-move-'));
let server: PostgresServer;
let places = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(async () => {
  await server.remove();
  rmSync(directory, { recursive: true });
});

const aPlace = () => {
  places += 1;
  return `move_${places}`;
};
const aFile = () => join(directory, `${aPlace()}.db`);
const aSchema = () => server.schema(aPlace());
const openSqlite = (path: string) => openSqliteStorage(path, recordingLog());

function startMove(...args: readonly string[]) {
  const child = spawn(process.execPath, [bundleOf('move'), ...args], {
    env: { ...process.env, ...COMPILED },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (data) => (said += data));
  child.stderr.on('data', (data) => (said += data));
  return { child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, said })) };
}

const move = (...args: readonly string[]) => startMove(...args).ended;

/** People, chats of every size up to `largest` messages, sessions and an invite. */
async function fill(storage: Storage, largest: number) {
  const chats: ChatId[] = [];
  await storage.unitOfWork.run(async (store) => {
    const [ada, bob] = [await insertUser(store, 'ada'), await insertUser(store, 'Bob 🐟')];
    await store.sessions.add(aSessionOf(ada));
    await store.jobs.add(anErasure(), { delayMs: -1 });
    for (const size of [0, 1, largest]) {
      const chat = await insertChat(store, `of ${size}`, ada, bob);
      chats.push(chat.id);
      await store.invites.add(anInviteTo(chat, ada));
      for (let post = 0; post < size; post += 1) await insertMessage(store, chat, post % 2 ? ada : bob);
    }
  });
  return chats;
}

/** All that can be done with messages. Returns the one that was edited. */
async function converse(store: Store, chat: Chat, [ada, bob]: readonly [User, User]): Promise<TextMessage> {
  const next = () => store.chats.nextRevision(chat.id);
  const words = { text: messageBody('Who is @"Bob 🐟"?'), mentions: [{ userId: bob.id, name: 'Bob 🐟' }] };
  const asked = { ...aMessageIn(chat, ada, { position: await next() }), ...words };
  await store.messages.add(asked);
  await store.messages.add({ ...aMessageIn(chat, bob, { position: await next() }), replyTo: quoteOf(asked) });
  const reacted = await next();
  await store.reactions.add({ ...asked, emoji: emoji('👍'), userId: bob.id }, reacted);
  await store.messages.noteReactions(asked, reacted);
  await store.messages.change(pinned(asked, { by: bob.id, at: NOW }, await next()));
  const mended = edited(asked, messageBody('Who? @"Bob 🐟"?'), { revision: await next(), at: NOW });
  await store.messages.addVersion(asked, versionOf(asked));
  await store.messages.change({ ...mended, pin: { by: bob.id, at: NOW } });
  const deleted = await insertMessage(store, chat, bob);
  assertText(deleted);
  await store.messages.addVersion(deleted, versionOf(deleted));
  await store.messages.change(tombstone(deleted, { revision: await next(), by: ada.id, at: NOW }));
  return mended;
}

it('moves replies, mentions, reactions, pins, earlier versions, deleted messages and names that rest, and what is shown of them', async () => {
  const [file, schema, back] = [aFile(), await aSchema(), aFile()];
  const before = await openSqlite(file);
  const message = await before.unitOfWork.run(async (store) => {
    const people = [await insertUser(store, 'ada'), await insertUser(store, 'Bob 🐟')] as const;
    const said = await converse(store, await insertChat(store, 'Lobby', ...people), people);
    // Her former name rests, and moves too.
    const name = { id: people[0].id, username: aUsername('lovelace'), key: aUsernameKey('lovelace') };
    await store.users.rename({ ...name, renamedAt: NOW, restsUntil: NOW + 1 });
    return said;
  });
  const shown = async ({ view: { messages } }: Storage) => ({
    history: await messages.before(message.chatId, undefined, 100),
    pinned: await messages.pinned(message.chatId),
    versions: await messages.earlierVersions(message, { limit: 10 }),
  });
  const expected = await shown(before);
  expect(expected.history).toMatchObject([
    {
      text: 'Who? @"Bob 🐟"?',
      mentions: [{ name: 'Bob 🐟' }],
      reactions: [{ emoji: '👍', count: 1 }],
      pin: { at: NOW },
    },
    { replyTo: { position: 1, snippet: 'Who? @Bob 🐟?' } },
    { kind: 'deleted' },
  ]);
  expect(expected).toMatchObject({ pinned: [{ position: 1 }], versions: [{ text: 'Who is @"Bob 🐟"?' }] });
  await before.close();

  expect(await move(`sqlite:${file}`, schema)).toMatchObject({ code: 0 });
  expect(await move(schema, `sqlite:${back}`)).toMatchObject({ code: 0 });
  for (const open of [() => openPostgresStorage(schema), () => openSqlite(back)]) {
    const after = await open();
    expect(await shown(after)).toEqual(expected);
    expect(await after.view.users.renamed({ after: 0, since: 0, limit: 9 })).toMatchObject([{ rename: 1 }]);
    const again = { username: aUsername('ada'), key: aUsernameKey('ada'), passwordHash: 'hash', createdAt: NOW };
    expect(await after.unitOfWork.run((store) => store.users.add(again))).toBeUndefined();
    await after.close();
  }
});

const historiesOf = (storage: Storage, chats: readonly ChatId[]) =>
  Promise.all(chats.map((chat) => storage.view.messages.changedAfter(chat, revision(0), 10_000)));

it('moves an installation from SQLite to PostgreSQL and back with its id and epoch, and new ids go on where the old ones end', async () => {
  const [file, schema, back] = [aFile(), await aSchema(), aFile()];
  const before = await openSqlite(file);
  const chats = await fill(before, 2_500);
  const histories = await historiesOf(before, chats);
  await before.close();

  const there = await move(`sqlite:${file}`, schema);
  expect(there).toMatchObject({ code: 0, said: expect.stringMatching(/compared row by row:.* 2501 messages/s) });
  const postgres = await openPostgresStorage(schema);
  expect(await historiesOf(postgres, chats)).toEqual(histories);
  expect(postgres.installation).toEqual(before.installation);
  const claimed = await postgres.unitOfWork.run(async ({ jobs }) => {
    await jobs.add(anErasure(2), { delayMs: -1 });
    return jobs.claim({ lane: 'local', limit: 10, leaseMs: -1 });
  });
  expect(claimed.map(({ job }) => job)).toHaveLength(2);
  expect(claimed.map(({ job }) => job)).toEqual(expect.arrayContaining([anErasure(1), anErasure(2)]));
  const eve = await postgres.unitOfWork.run((store) => insertUser(store, 'eve'));
  expect(eve.id).toBe(3);
  await postgres.close();

  expect(await move(schema, `sqlite:${back}`)).toMatchObject({ code: 0 });
  const after = await openSqlite(back);
  expect(await historiesOf(after, chats)).toEqual(histories);
  expect((await after.unitOfWork.run((store) => insertUser(store, 'mallory'))).id).toBe(4);
  expect(await after.view.jobs.count()).toEqual({ due: 2, dead: 0 });
  expect(after.installation).toEqual(before.installation);
  await after.close();
});

it('goes on where it was interrupted; until then no server starts on the target', async () => {
  const [file, schema] = [aFile(), await aSchema()];
  const before = await openSqlite(file);
  const chats = await fill(before, 9_000);
  const histories = await historiesOf(before, chats);
  await before.close();

  const interrupted = startMove(`sqlite:${file}`, schema);
  await once(interrupted.child.stderr, 'data');
  interrupted.child.kill('SIGKILL');
  await interrupted.ended;
  await expect(openPostgresStorage(schema)).rejects.toThrow(/is not finished/);
  const elsewhere = aFile();
  await (await openSqlite(elsewhere)).close();
  expect(await move(`sqlite:${elsewhere}`, schema)).toMatchObject({ code: 1, said: expect.stringContaining(file) });

  expect(await move(`sqlite:${file}`, schema)).toMatchObject({ code: 0 });
  const after = await openPostgresStorage(schema);
  expect(await historiesOf(after, chats)).toEqual(histories);
  await after.close();
});

it('overwrites nothing, and moves nothing that a server has open', async () => {
  const [file, schema] = [aFile(), await aSchema()];
  const source = await openSqlite(file);
  await fill(source, 3);
  expect(await move(`sqlite:${file}`, schema)).toMatchObject({ code: 1, said: expect.stringContaining('open') });
  await source.close();

  const target = await openPostgresStorage(schema);
  await fill(target, 2);
  expect(await move(`sqlite:${file}`, schema)).toMatchObject({
    code: 1,
    said: expect.stringContaining('stop it first'),
  });
  await target.close();
  expect(await move(`sqlite:${file}`, schema)).toMatchObject({
    code: 1,
    said: expect.stringMatching(/already holds an installation: nothing was changed.*\n$/),
  });
});

it('replaces what PostgreSQL cannot hold, counts it, and compares the rest', async () => {
  const [file, schema] = [aFile(), await aSchema()];
  const before = await openSqlite(file);
  const [, , chat] = await fill(before, 5);
  await before.close();
  // The original app could store it, and the upgrade keeps it.
  const database = new Database(file);
  database.prepare('update messages set text = ? where chat_id = ? and position = 3').run('a\0b\0', chat);
  database.close();

  const { code, said } = await move(`sqlite:${file}`, schema);
  expect(code).toBe(0);
  expect(said).toMatch(/Of these rows 1 held the character NUL/);
  const after = await openPostgresStorage(schema);
  const [history = []] = await historiesOf(after, chat === undefined ? [] : [chat]);
  expect(history.map(textOf).filter((text) => text.includes('\ufffd'))).toEqual(['a\ufffdb\ufffd']);
  await after.close();
});

it('a file of the original app is not touched, and it is said what to do first', async () => {
  const file = aFile();
  originalDatabase(file, ODD);
  const bytes = readFileSync(file);
  for (const args of [
    [`sqlite:${file}`, await aSchema()],
    [await aSchema(), `sqlite:${file}`],
  ]) {
    const { code, said } = await move(...args);
    expect(code).toBe(1);
    expect(said).toMatch(/^[^\n]+original app: start a server on it once[^\n]+\n$/);
  }
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

it('what it makes is for nobody else to read, also by a relative path', async () => {
  const [file, there] = [aFile(), aFile()];
  const before = await openSqlite(file);
  await fill(before, 2);
  await before.close();
  const [from, to] = [file, there].map((path) => `sqlite:${relative(process.cwd(), path)}`);
  expect(await move(from ?? '', to ?? '')).toMatchObject({ code: 0 });
  expect(statSync(there).mode & 0o777).toBe(0o600);
});

it('says what is wrong in one line, without a password', async () => {
  const wrong = [
    [],
    ['memory:', `sqlite:${aFile()}`],
    ['sqlite:/nowhere/at/all.db', `sqlite:${aFile()}`],
    ['postgre://ada:secret@localhost/x', `sqlite:${aFile()}`],
    ['postgre://ada:se@secret@localhost/x', `sqlite:${aFile()}`],
    ['postgres://ada:secret@127.0.0.1:1/x', `sqlite:${aFile()}`],
  ];
  for (const args of wrong) {
    const { code, said } = await move(...args);
    expect(code).toBe(1);
    expect(said).toMatch(/^[^\n]+\n$/);
    expect(said).not.toContain('secret');
  }
});
