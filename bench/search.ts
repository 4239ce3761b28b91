import { openPostgresStorage } from '../src/adapters/postgres/storage.ts';
import { openSqliteStorage } from '../src/adapters/sqlite/storage.ts';
import type { Actor } from '../src/application/actor.ts';
import type { Storage } from '../src/application/ports/storage.ts';
import { makeSearchMessages } from '../src/application/use-cases/search/search-messages.ts';
import { type Chat, chatName, revision } from '../src/domain/chats/chat.ts';
import type { User } from '../src/domain/identity/user.ts';
import { username, usernameKey } from '../src/domain/identity/username.ts';
import { sessionId } from '../src/domain/ids.ts';
import { textMessage } from '../src/domain/messages/message.ts';
import { messageBody } from '../src/domain/messages/message-body.ts';
import { searchable } from '../src/domain/search/searched-message.ts';
import { clearScratch, emptyPlaceOf } from './stored/scratch.ts';

/**
 * Run it by `node bench/search.ts [messages] [postgres://…]`: how long searches take among many messages in 1,000 chats, of which 60 have two
 * thirds, for somebody in all of them, in the 60, and in a small one. An empty database of PostgreSQL can be named; else it is SQLite. The words are made of few
 * syllables, so that many of their parts are in many others.
 */

const [count = '1000000', url] = process.argv.slice(2);
const [MESSAGES, CHATS, LARGE, BATCH, ROUNDS] = [Number(count), 1_000, 60, 500, 5];
const BEGIN = Date.UTC(2025, 0, 1);
const SYLLABLES = 'ka to mi ner sch ein al der pro con ta lo vi es ar on ri ma ste br ung ing er th'.split(' ');

let seed = 7;
function random(below: number): number {
  seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
  return Math.floor((seed / 0x7fffffff) * below);
}
const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
const WORDS = Array.from({ length: 50_000 }, () =>
  Array.from({ length: 1 + random(4) }, () => pick(SYLLABLES)).join(''),
);
/** As in texts of people, few words are most of all. */
const word = (): string => WORDS[Math.floor(WORDS.length ** (random(1_000_000) / 1_000_000)) - 1] ?? 'word';
const words = (): string => Array.from({ length: 4 + random(12) }, word).join(' ');

const storage = await (url === undefined
  ? openSqliteStorage(emptyPlaceOf('search.db'), { info: () => undefined, warn: console.warn, error: console.error })
  : openPostgresStorage(url));
const people = await found(storage);
await write(storage, people);
await measure(storage, people);
await storage.close();
clearScratch();

interface People {
  readonly chats: readonly Chat[];
  /** By the number of chats that they are in. */
  readonly readers: ReadonlyMap<string, User>;
}

async function found({ unitOfWork }: Storage): Promise<People> {
  return unitOfWork.run(async ({ users, chats, members }) => {
    const readers = new Map<string, User>();
    for (const name of ['all chats', '60 chats', 'a small chat']) {
      const key = usernameKey(username(name));
      const user = await users.add({ username: username(name), key, passwordHash: 'none', createdAt: BEGIN });
      if (user) readers.set(name, user);
    }
    const made: Chat[] = [];
    for (let n = 0; n < CHATS; n += 1) {
      const chat = await chats.add({ name: chatName(`Chat ${n}`), createdAt: BEGIN });
      made.push(chat);
      for (const [name, { id: userId }] of readers)
        if (name === 'all chats' || (name === '60 chats' && n < LARGE) || (name === 'a small chat' && n === 900))
          await members.add({ chatId: chat.id, userId, role: 'member', joinedAt: BEGIN });
    }
    return { chats: made, readers };
  });
}

async function write({ unitOfWork }: Storage, { chats, readers }: People): Promise<void> {
  const author = readers.get('all chats');
  let indexed = 0;
  for (let n = 0; author && n < MESSAGES; ) {
    const messages = await unitOfWork.run(async (store) => {
      const posted = [];
      for (let end = Math.min(n + BATCH, MESSAGES); n < end; n += 1) {
        const chat = chats[n % 3 ? n % LARGE : n % CHATS] ?? (chats[0] as Chat);
        const position = await store.chats.nextRevision(chat.id);
        const text = messageBody(n === MESSAGES >> 1 ? `xylophone ${words()}` : words());
        const message = { chatId: chat.id, position, author, text, clientId: null, sentAt: BEGIN + n * 20 };
        posted.push(textMessage(message));
        await store.messages.add(textMessage(message));
      }
      return posted;
    });
    const began = performance.now();
    await unitOfWork.run(async ({ search }) => {
      for (const message of messages) await search.set(message, searchable(message));
    });
    indexed += performance.now() - began;
  }
  await unitOfWork.run(async ({ search }) => {
    for (const { chatId, revision: to } of await search.lags({ limit: CHATS }))
      await search.index({ chatId, from: revision(0), to, messages: [] });
  });
  console.log(`${MESSAGES} messages: ${((indexed / MESSAGES) * 1_000).toFixed(1)} µs to index one`);
}

async function measure({ view }: Storage, { readers }: People): Promise<void> {
  const search = makeSearchMessages({ view });
  const beginningOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
  const common = [0, 3, 40, 2_000, 20_000].map((index) => WORDS[index] ?? '');
  const queries = [
    ...['xylophone', ...common, 'nowhereword', 'ka', 'k', 'qz', 'pro con', 'scheinung', `"${WORDS[1]} ${WORDS[2]}"`],
    ...['from:"60 chats"', 'has:link', '-ka to', 'toto -ka', 'ing before:2025-01-02', 'on:2025-01-01 ein'],
  ];
  for (const [name, user] of readers) {
    const actor: Actor = { user, credential: { kind: 'session', id: sessionId('bench') } };
    const times: { readonly query: string; readonly ms: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      for (const query of queries) {
        const began = performance.now();
        await search(actor, { query, limit: 20, beginningOf });
        times.push({ query, ms: performance.now() - began });
      }
    const sorted = times.toSorted((one, other) => one.ms - other.ms);
    const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]?.ms.toFixed(1);
    const slowest = sorted.at(-1);
    console.log(
      `${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, at most ${slowest?.ms.toFixed(1)} ms (${slowest?.query})`,
    );
  }
}
