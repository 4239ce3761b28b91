import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { residueIn } from '../../src/adapters/sqlite/residue.ts';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import { chatId, userId } from '../../src/domain/ids.ts';
import { assertText, tombstone, versionOf } from '../../src/domain/messages/changes.ts';
import { insertChat, insertUser } from '../builders.ts';
import { recordingLog } from '../fakes.ts';

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

/** A file in a directory of its own, with chats that grew side by side, so that rows were moved from page to page. */
async function filled({ secureDelete }: { readonly secureDelete: boolean }) {
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
  database.pragma(`secure_delete = ${secureDelete ? 'on' : 'off'}`);
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
  it.each([true, false])(
    'is in no file, neither in free pages nor where rows were moved from, also of a file written without secure_delete (%s)',
    async (secureDelete) => {
      const { path, place, storage, canaries } = await filled({ secureDelete });
      const kept = canaries.filter((_, index) => index % 4 === 0);
      const erased = canaries.filter((canary) => !kept.includes(canary));
      expect(found(place, erased)).toHaveLength(erased.length);
      await erase(storage, erased);
      const before = restOf(path);
      await storage.scrub();
      expect(found(place, erased)).toEqual([]);
      expect(found(place, kept)).toHaveLength(kept.length);
      expect(restOf(path)).toEqual({ ...before, check: 'ok' });
    },
  );

  it('does not come back when pages that were read before are written again', async () => {
    const { path, place, storage, canaries } = await filled({ secureDelete: false });
    await storage.view.messages.changedAfter(chatId(1), revision(0), POSTS);
    await erase(storage, canaries);
    await storage.scrub();
    for (let chat = 1; chat <= CHATS; chat += 1) {
      await storage.unitOfWork.run(async (store) => {
        for (const message of await store.messages.before(chatId(chat), undefined, POSTS))
          await store.messages.change({ ...message, revision: await store.chats.nextRevision(chatId(chat)) });
      });
    }
    await storage.close();
    expect(found(place, canaries)).toEqual([]);
    expect(restOf(path).check).toBe('ok');
  });

  it('waits until another program has read what it began to read', async () => {
    const { path, place, storage, canaries } = await filled({ secureDelete: true });
    const reader = new Database(path, { readonly: true });
    reader.exec('begin');
    reader.prepare('select count(*) from messages').get();
    await erase(storage, canaries);
    const scrubbed = storage.scrub();
    onTestFinished(() => {
      reader.close();
    });
    await new Promise(setImmediate);
    expect(found(place, canaries)).toHaveLength(canaries.length);
    reader.exec('commit');
    await scrubbed;
    expect(found(place, canaries)).toEqual([]);
  });
});

describe('the residue of a page', () => {
  const USABLE = 512;
  const read = (page: Buffer) => residueIn(page, { isFirst: false, usable: USABLE });

  /** A leaf with two cells at its end. */
  function aLeaf(): Buffer {
    const page = Buffer.alloc(USABLE);
    page[0] = 10;
    page.writeUInt16BE(2, 3);
    page.writeUInt16BE(400, 5);
    page.writeUInt16BE(400, 8);
    page.writeUInt16BE(450, 10);
    page.fill('live', 400);
    return page;
  }

  it('is what lies between the pointers and the cells, and in free blocks', () => {
    const page = aLeaf();
    expect(read(page)).toEqual([]);
    page.write('dead', 200);
    expect(read(page)).toEqual([{ start: 12, end: 400 }]);
    page.fill(0, 12, 400);
    page.writeUInt16BE(420, 1);
    page.writeUInt16BE(0, 420);
    page.writeUInt16BE(20, 422);
    expect(read(page)).toEqual([{ start: 424, end: 440 }]);
  });

  it.each([
    ['another kind of page', (page: Buffer) => page.writeUInt8(0, 0)],
    ['cells that lie in the gap', (page: Buffer) => page.writeUInt16BE(300, 8)],
    ['more pointers than there is room for', (page: Buffer) => page.writeUInt16BE(300, 3)],
    ['content past the end', (page: Buffer) => page.writeUInt16BE(600, 5)],
    ['a free block before the cells', (page: Buffer) => page.writeUInt16BE(300, 1)],
    ['a free block past the end', (page: Buffer) => page.writeUInt16BE(510, 1)],
    [
      'a free block that is its own next',
      (page: Buffer) => {
        page.writeUInt16BE(420, 1);
        page.writeUInt16BE(420, 420);
        page.writeUInt16BE(20, 422);
      },
    ],
  ])('is not looked for in a page with %s', (_name, spoil) => {
    const page = aLeaf();
    page.write('dead', 200);
    spoil(page);
    expect(read(page)).toEqual([]);
  });
});

/** Numbers from 0 up to a bound, the same for the same seed (mulberry32). */
function randomFrom(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
