import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TIMER } from '../../src/composition/tokens.ts';
import { type Revision, revision } from '../../src/domain/chats/chat.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { textOf } from '../../src/domain/messages/message.ts';
import { manualTimer } from '../fakes.ts';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
let timer: ReturnType<typeof manualTimer>;
let ada: Person;
let bob: Person;
let chatId: ChatId;
let isStopped: boolean;

beforeEach(async () => {
  timer = manualTimer();
  isStopped = false;
  // How often these tests look is not limited.
  const env = { RATE_LIMITS: 'on', LIMIT_READS: '999999/1s' };
  server = await ChatServer.start(env, (wiring) => wiring.bind(TIMER, () => timer));
  [ada, bob] = [await server.person('ada'), await server.person('bob')];
  chatId = await server.chat(ada, bob);
  timer.advance(10_000);
});
afterEach(() => (isStopped ? undefined : server.stop()));

/** All that was ever posted, oldest first. */
async function stored(): Promise<readonly string[]> {
  const { readHistory } = server.app.useCases;
  const texts: string[] = [];
  for (let before: Revision | undefined; before !== 1; ) {
    const page = await readHistory(ada.actor, { chatId, before, limit: 100 });
    texts.unshift(...page.messages.filter(({ kind }) => kind === 'text').map(textOf));
    before = page.messages[0]?.position ?? revision(1);
  }
  return texts;
}

const storedCount = (count: number) => vi.waitUntil(async () => (await stored()).length === count);

const numbered = (count: number) => Array.from({ length: count }, (_, n) => `message ${n}`);

/** Lets time pass in steps, and after each what comes of it. */
async function pass(ms: number, until: () => boolean = () => false): Promise<void> {
  for (let passed = 0; passed < ms && !until(); passed += 200) {
    timer.advance(200);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('WS-8: who posts faster than is taken', () => {
  it('is not read for a while: nothing is refused, lost or out of order', async () => {
    const socket = await server.joined(chatId, ada);
    for (const text of numbered(100)) socket.post(text.replace(' ', '-'), text);
    await storedCount(30);
    await pass(1000);
    await storedCount(35);
    await pass(20_000);
    await storedCount(100);
    expect(await stored()).toEqual(numbered(100));
    timer.advance(100);
    expect(await socket.nextTexts(100)).toEqual(numbered(100));
  });

  it('holds up nobody else in the chat', async () => {
    const flooding = await server.joined(chatId, ada);
    for (const text of numbered(1000)) flooding.post(text.replace(' ', '-'), text);
    await storedCount(30);
    const bobs = await server.plain(chatId, bob);
    bobs.send('from Bob');
    await storedCount(31);
    expect((await stored()).at(-1)).toBe('from Bob');
  });

  it("BU-1: has one budget for all sockets and for HTTP: a person's sockets are served by turns", async () => {
    const flooding = await server.joined(chatId, ada);
    for (const text of numbered(1000)) flooding.post(text.replace(' ', '-'), text);
    await storedCount(30);
    const another = await server.joined(chatId, ada);
    for (const text of ['a', 'b', 'c']) another.post(text, text);
    await pass(2_000);
    await storedCount(40);
    const later = (await stored()).slice(30);
    expect(later.filter((text) => text.length === 1)).toEqual(['a', 'b', 'c']);
    const post = server.app.useCases.postMessage(ada.actor, { chatId, text: 'by HTTP' });
    await expect(post).rejects.toMatchObject({ code: 'too_many_requests' });
  });

  it('is closed with 1008 after more than a minute without a pause, with all that was acknowledged in its place', async () => {
    const socket = await server.joined(chatId, ada);
    for (const text of numbered(10_000)) socket.post(text.replace(' ', '-'), text);
    await storedCount(30);
    let code: number | undefined;
    socket.closed.then((closedWith) => (code = closedWith));
    await pass(60_000);
    expect(code).toBeUndefined();
    await pass(2000, () => code !== undefined);
    expect(await socket.closed).toBe(1008);
    const all = await stored();
    expect(all.length).toBeGreaterThanOrEqual(30 + 299);
    expect(all.length).toBeLessThanOrEqual(30 + 302);
    expect(all).toEqual(numbered(all.length));
    const acknowledged = socket.unread.map((frame) => JSON.parse(frame).message?.text);
    expect(acknowledged).toEqual(all.slice(0, acknowledged.length));
  });

  it('does not keep the server from stopping', async () => {
    const socket = await server.joined(chatId, ada);
    for (const text of numbered(5000)) socket.post(text.replace(' ', '-'), text);
    await storedCount(30);
    isStopped = true;
    await server.stop();
    expect(await socket.closed).toBe(1012);
  });

  it('is told so by its close when its session ends, though it is not read', async () => {
    const socket = await server.joined(chatId, ada);
    for (const text of numbered(5000)) socket.post(text.replace(' ', '-'), text);
    await storedCount(30);
    await server.app.useCases.signOut(ada.actor);
    expect(await socket.closed).toBe(4401);
    expect(await stored()).toHaveLength(30);
  });

  it('is as fast as it likes with RATE_LIMITS=off', async () => {
    const unlimited = await ChatServer.start();
    const person = await unlimited.person('ada');
    const socket = await unlimited.joined(await unlimited.chat(person), person);
    for (const text of numbered(500)) socket.post(text.replace(' ', '-'), text);
    expect(await socket.nextTexts(500)).toEqual(numbered(500));
    await unlimited.stop();
  });
});
