import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import { chatId, userId } from '../../src/domain/ids.ts';
import { assertText, tombstone, versionOf } from '../../src/domain/messages/changes.ts';
import { insertChat, insertUser } from '../builders.ts';
import { recordingLog } from '../fakes.ts';
import { randomFrom } from '../random-from.ts';

const CHATS = 20;
const POSTS = 4_000;
const SEED = Number(process.env.SCRUB_SEED ?? 20_251_129);

const directory = mkdtempSync(join(tmpdir(), 'shoal-scrub-'));
let places = 0;
beforeAll(() => console.info(`SCRUB_SEED=${SEED}`));
afterAll(() => rmSync(directory, { recursive: true }));

interface Canary {
  readonly chat: number;
  readonly position: number;
  readonly word: string;
}

/** A file in its own directory, with chats that grew side by side, so that SQLite moved rows from page to page. */
async function filled() {
  places += 1;
  const place = mkdtempSync(join(directory, `${places}-`));
  const path = join(place, 'database.db');
  const first = await openSqliteStorage(path, recordingLog());
  await first.unitOfWork.run(async (store) => {
    const ada = await insertUser(store);
    for (let chat = 1; chat <= CHATS; chat += 1) await insertChat(store, `chat ${chat}`, ada);
  });
  await first.close();

  const random = randomFrom(SEED);
  const canaries: Canary[] = [];
  const database = new Database(path);
  database.pragma('secure_delete = on');
  const insert = database.prepare(`
    insert into messages (chat_id, position, author_id, client_id, kind, text, sent_at) values (?, ?, 1, ?, 'text', ?, 0)`);
  const positions = Array<number>(CHATS + 1).fill(0);
  for (let post = 0; post < POSTS; post += 1) {
    const chat = 1 + random(CHATS);
    const position = (positions[chat] ?? 0) + 1;
    positions[chat] = position;
    const length = random(30) === 0 ? random(9_000) : random(200);
    const isCanary = random(20) === 0;
    const word = randomBytes(16).toString('hex');
    if (isCanary) canaries.push({ chat, position, word });
    const text = isCanary ? `${'x'.repeat(length)}${word}${'y'.repeat(random(200))}` : 'z'.repeat(length + 1);
    insert.run(chat, position, `id-${post}`, text);
  }
  database.exec(
    'update chats set revision = (select max(position) from messages where chat_id = chats.id); pragma wal_checkpoint(truncate)',
  );
  database.close();

  const storage = await openSqliteStorage(path, recordingLog());
  onTestFinished(() => storage.close());
  return { path, place, storage, canaries };
}

async function erase({ unitOfWork }: Storage, canaries: readonly Canary[]): Promise<void> {
  for (const { chat, position } of canaries) {
    const place = { chatId: chatId(chat), position: revision(position) };
    await unitOfWork.run(async (store) => {
      const message = await store.messages.find(place);
      if (!message) throw new Error('It was posted.');
      assertText(message);
      await store.messages.addVersion(place, versionOf(message));
      const next = await store.chats.nextRevision(place.chatId);
      await store.messages.change(tombstone(message, { revision: next, by: userId(1), at: 1 }));
    });
    await unitOfWork.run((store) => store.messages.removeVersions(place));
  }
}

function found(place: string, canaries: readonly Canary[]): readonly string[] {
  const files = readdirSync(place).map((name) => readFileSync(join(place, name)));
  return canaries.flatMap(({ word }) => (files.some((bytes) => bytes.includes(word.slice(0, 16))) ? [word] : []));
}

const restOf = (path: string) => {
  const database = new Database(path, { readonly: true });
  const rows = database.prepare("select chat_id, position, text from messages where kind = 'text'").all();
  const check = database.pragma('integrity_check', { simple: true });
  database.close();
  return { rows, check };
};

describe('ER-3: what was erased', () => {
  it('is in no file, neither in the log nor in free pages', async () => {
    const { path, place, storage, canaries } = await filled();
    const kept = canaries.filter((_, index) => index % 4 === 0);
    const erased = canaries.filter((canary) => !kept.includes(canary));
    expect(found(place, erased)).toHaveLength(erased.length);
    await erase(storage, erased);
    const before = restOf(path);
    await storage.scrub();
    expect(found(place, erased)).toEqual([]);
    expect(found(place, kept)).toHaveLength(kept.length);
    expect(restOf(path)).toEqual({ ...before, check: 'ok' });
  });

  it('waits until another program has read what it began to read', async () => {
    const { path, place, storage, canaries } = await filled();
    const erased = canaries.filter((_, index) => index % 4 !== 0);
    const reader = new Database(path, { readonly: true });
    reader.exec('begin');
    reader.prepare('select count(*) from messages').get();
    await erase(storage, erased);
    const scrubbed = storage.scrub();
    onTestFinished(() => {
      reader.close();
    });
    await new Promise(setImmediate);
    expect(found(place, erased)).toHaveLength(erased.length);
    reader.exec('commit');
    await scrubbed;
    expect(found(place, erased)).toEqual([]);
  });
});
