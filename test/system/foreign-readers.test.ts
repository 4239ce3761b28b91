import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import { messageBody } from '../../src/domain/messages/message-body.ts';
import { insertChat, insertMessage, insertUser } from '../builders.ts';
import { recordingLog } from '../fakes.ts';

const MIB = 1024 * 1024;
const directory = mkdtempSync(join(tmpdir(), 'shoal-readers-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A storage with a chat, and a member who posts large messages until the log has this many bytes. */
async function aTalk(name: string) {
  const path = join(directory, name);
  const log = recordingLog();
  const { unitOfWork, view, close } = await openSqliteStorage(path, log);
  onTestFinished(close);
  const { ada, chat } = await unitOfWork.run(async (store) => {
    const user = await insertUser(store, 'ada');
    return { ada: user, chat: await insertChat(store, 'Lobby', user) };
  });
  const text = messageBody('🐟'.repeat(10_000));
  const post = async (bytes: number) => {
    for (let written = 0; written < bytes; written += 10 * text.length * 2) {
      const ten = Array.from({ length: 10 }, () =>
        unitOfWork.run((store) => insertMessage(store, chat, ada, { text })),
      );
      await Promise.all(ten);
    }
  };
  return { path, log, view, chat, post, logBytes: () => statSync(`${path}-wal`).size };
}

describe('DB-5: the log', () => {
  it('stays small under load, with our own readers and with others that come and go', async () => {
    const { path, view, chat, post, logBytes } = await aTalk('coming-and-going.db');
    const reader = new Database(path, { readonly: true });
    onTestFinished(() => void reader.close());
    let isOver = false;
    const others = (async () => {
      // One state after another, with never a moment at which nothing is read.
      while (!isOver) {
        reader.exec('begin');
        reader.prepare('select count(*) from messages').get();
        for (let turns = 0; turns < 20; turns += 1) await new Promise(setImmediate);
        reader.exec('commit');
      }
    })();
    let longest = 0;
    for (let round = 0; round < 24; round += 1) {
      await post(4 * MIB);
      await view.messages.before(chat.id, undefined, 100);
      longest = Math.max(longest, logBytes());
    }
    isOver = true;
    await others;
    expect(longest).toBeGreaterThan(8 * MIB);
    expect(longest).toBeLessThan(64 * MIB);
  });

  it('grows while another program reads one and the same state, which is said, and is cut back when that ends', async () => {
    const { path, log, post, logBytes } = await aTalk('staying.db');
    const reader = new Database(path, { readonly: true });
    reader.exec('begin');
    reader.prepare('select count(*) from messages').get();
    await post(72 * MIB);
    expect(logBytes()).toBeGreaterThan(64 * MIB);
    const told = () => log.entries.map(({ details }) => details.event);
    await vi.waitFor(() => expect(told()).toEqual(['database_created', 'database_log_long']), 10_000);
    reader.exec('commit');
    reader.close();
    await vi.waitFor(() => expect(logBytes()).toBeLessThanOrEqual(16 * MIB), 10_000);
    expect(told()).toHaveLength(2);
  });
});
