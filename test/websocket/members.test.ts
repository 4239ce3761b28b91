import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ServerFrame } from '../../src/adapters/wire/frames.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { textOf } from '../../src/domain/messages/message.ts';
import { type ChatSocket, upgradeStatus } from './chat-client.ts';
import { ChatServer, type Person } from './chat-server.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-members-'));

let server: ChatServer;
let ada: Person;
let bob: Person;
let chatId: ChatId;

beforeAll(async () => {
  server = await ChatServer.start({ DATABASE_URL: `sqlite:${join(directory, 'members.db')}`, RATE_LIMITS: 'off' });
  ada = await server.person('ada');
  bob = await server.person('bob');
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});
beforeEach(async () => {
  chatId = await server.chat(ada, bob);
});

const remove = ({ actor }: Person) => server.app.useCases.removeMember(ada.actor, { chatId, userId: actor.user.id });
const isMessage = (frame: ServerFrame) => frame.type === 'message';

describe('a member who is removed', () => {
  it('AZ-4: loses every socket within a second, with nothing after the end', { timeout: 5_000 }, async () => {
    const own = [await server.joined(chatId, bob), await server.joined(chatId, bob), await server.plain(chatId, bob)];
    const others = await server.joined(chatId, ada);
    const began = performance.now();
    await remove(bob);
    await server.app.useCases.postMessage(ada.actor, { chatId, text: 'is he gone?' });
    expect(await Promise.all(own.map(({ closed }) => closed))).toEqual([4403, 4403, 4403]);
    expect(performance.now() - began).toBeLessThan(1_000);
    for (const { unread } of own) expect(unread).toEqual([]);
    expect(await others.nextTexts(2)).toEqual(['ada removed bob', 'is he gone?']);
    expect(await upgradeStatus({ url: server.socketUrl(chatId), cookie: bob.cookie })).toBe(403);
  });

  it('AZ-6: loses every socket when banned, and opens none', async () => {
    const own = [await server.joined(chatId, bob), await server.plain(chatId, bob)];
    const others = await server.joined(chatId, ada);
    await server.app.useCases.banMember(ada.actor, { chatId, userId: bob.actor.user.id, reason: 'spam' });
    expect(await Promise.all(own.map(({ closed }) => closed))).toEqual([4403, 4403]);
    expect(await others.nextTexts(1)).toEqual(['ada banned bob']);
    expect(await upgradeStatus({ url: server.socketUrl(chatId), cookie: bob.cookie })).toBe(403);
  });

  it('keeps the sockets to other chats', async () => {
    const elsewhere = await server.chat(bob);
    const [here, there] = [await server.joined(chatId, bob), await server.joined(elsewhere, bob)];
    await remove(bob);
    expect(await here.closed).toBe(4403);
    there.post('e', 'still open');
    expect(await there.nextTexts(1)).toEqual(['still open']);
  });

  it('AZ-4: has nothing stored after the removal, however fast a thousand posts come', {
    timeout: 30_000,
  }, async () => {
    const { postMessage } = server.app.useCases;
    const [adas, bobs] = [await server.joined(chatId, ada), await server.joined(chatId, bob)];
    let isRefused = false;
    const posting = Promise.all(
      Array.from({ length: 1_000 }, async (_, n) => {
        // Half of them by the socket, half as a request: a few in each turn of the loop, so that the removal comes between.
        for (let turn = 0; turn < n / 8; turn += 1) await new Promise(setImmediate);
        if (n % 2 === 0) bobs.post(`s${n}`, `s${n}`);
        else await postMessage(bob.actor, { chatId, text: `r${n}` }).catch(() => (isRefused = true));
      }),
    );
    await adas.nextFrames(20 + Math.floor(Math.random() * 300));
    await remove(bob);
    await posting;
    expect(await bobs.closed).toBe(4403);
    expect(isRefused).toBe(true);

    const stored = await everything();
    const removal = stored.findIndex((message) => textOf(message) === 'ada removed bob');
    expect(removal).toBeGreaterThan(20);
    expect(stored.slice(removal + 1)).toEqual([]);
    for (const frame of received(bobs).filter(isMessage)) {
      expect(frame).toMatchObject({ message: { author: { username: 'bob' } } });
    }
  });
});

describe('a member who leaves', () => {
  it('loses the sockets as who is removed does, and comes back by an invite', async () => {
    const { leaveChat, createInvite, redeemInvite } = server.app.useCases;
    const [own, others] = [await server.joined(chatId, bob), await server.joined(chatId, ada)];
    await leaveChat(bob.actor, chatId);
    expect(await own.closed).toBe(4403);
    expect(own.unread).toEqual([]);
    expect(await others.nextTexts(1)).toEqual(['bob left']);
    await redeemInvite(bob.actor, (await createInvite(ada.actor, chatId)).code);
    const again = await server.joined(chatId, bob, '?after=1');
    expect(await again.nextTexts(2)).toEqual(['bob left', 'bob joined']);
  });
});

describe('the details frame', () => {
  const details = (name: string, members: number, connected: number) => ({ type: 'details', name, members, connected });

  it('comes after ready and when anything of it changes, to whoever asked with details=1', async () => {
    const one = await server.joined(chatId, ada, '?details=1');
    expect(await one.nextFrame()).toEqual(details('Harbour', 2, 1));
    const two = await server.joined(chatId, bob);
    expect(await one.nextFrame()).toEqual(details('Harbour', 2, 2));
    await server.app.useCases.renameChat(ada.actor, { chatId, name: 'Quay' });
    const [said, told] = [await one.nextFrame(), await one.nextFrame()].toSorted((a, b) =>
      a.type.localeCompare(b.type),
    );
    expect(told).toMatchObject({ type: 'message', message: { text: 'ada renamed the chat to “Quay”' } });
    expect(said).toEqual(details('Quay', 2, 2));
    two.post('x', 'nothing of it changes');
    expect(await two.nextTexts(2)).toEqual(['ada renamed the chat to “Quay”', 'nothing of it changes']);
    expect(two.unread).toEqual([]);
    await remove(bob);
    const frames = await one.nextFrames(3);
    expect(frames.filter(isMessage)).toHaveLength(2);
    expect(frames).toContainEqual(details('Quay', 1, 1));
  });

  it.each(['', '?after=0', '?details=0', '?details=', '?details=yes'])('does not come with %s', async (query) => {
    const [other] = [await server.joined(chatId, bob, query), await server.joined(chatId, ada, '?details=1')];
    onTestFinished(() => other.socket.close());
    other.post('x', 'the last');
    const frames = await other.nextFrames(query === '?after=0' ? 2 : 1);
    expect(frames.every(isMessage)).toBe(true);
    expect(other.unread).toEqual([]);
  });

  it('never comes as plain text', async () => {
    const { socket, unread, closed } = await server.plain(chatId, ada);
    await server.joined(chatId, bob, '?details=1');
    await server.app.useCases.renameChat(ada.actor, { chatId, name: 'Quay' });
    socket.close();
    await closed;
    expect(unread).toEqual([]);
  });
});

async function everything() {
  const { messages } = await server.app.useCases.readHistory(ada.actor, { chatId, limit: 2_000 });
  return messages;
}

const received = ({ unread }: ChatSocket): readonly ServerFrame[] => unread.map((frame) => JSON.parse(frame));
