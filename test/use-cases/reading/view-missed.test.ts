import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { aWorld, type World } from '../world.ts';

/** The people by name, for short sentences: ada calls bob in the lobby. */
async function aMissedWorld() {
  const world = await aWorld();
  const { ada, bob, useCases } = world;
  const begin = async (name: string) => {
    const { id } = await useCases.createChat(ada, { name });
    const { code } = await useCases.createInvite(ada, id);
    await useCases.redeemInvite(bob, code);
    return id;
  };
  const names = async (actor = bob) => (await useCases.viewMissed(actor)).missed.map(({ chat }) => chat.name);
  return { ...world, begin, names, missed: async (actor = bob) => (await useCases.viewMissed(actor)).missed };
}

const post = ({ ada, useCases }: Pick<World, 'ada' | 'useCases'>, chatId: number, text: string) =>
  useCases.postMessage(ada, { chatId: chatId as never, text });

describe('view-missed, catching up', () => {
  it('has the chats with unread messages, and of these what calls for the reader, is pinned or was reacted to', async () => {
    const { ada, bob, lobby, useCases, missed, say } = await aMissedWorld();
    expect(await missed()).toEqual([]);
    await useCases.postMessage(bob, { chatId: lobby.id, text: 'a question' });
    await say('nothing special', '@bob look', 'a rule', 'a joke');
    await useCases.postMessage(ada, { chatId: lobby.id, text: 'an answer', replyTo: 1 });
    await useCases.setPin(bob, { chatId: lobby.id, position: revision(4), on: true });
    await useCases.reactToMessage(ada, { chatId: lobby.id, position: revision(5), emoji: '😀', on: true });
    const [chat, ...others] = await missed();
    expect(others).toEqual([]);
    expect(chat?.chat).toMatchObject({ name: 'Lobby', reading: { unread: 5, mentions: 1 } });
    expect(chat?.messages.map(({ snippet, reasons }) => [snippet, ...reasons])).toEqual([
      ['@bob look', 'mention'],
      ['a rule', 'pinned'],
      ['a joke', 'reacted'],
      ['an answer', 'reply'],
    ]);
  });

  it('has nothing of a chat once it is read, nor a message once it is deleted', async () => {
    const { ada, bob, lobby, useCases, missed, say } = await aMissedWorld();
    await say('@bob one', '@bob two');
    await useCases.deleteMessage(ada, { chatId: lobby.id, position: revision(1) });
    expect((await missed())[0]?.messages.map(({ position }) => position)).toEqual([2]);
    const [chat] = await missed();
    const position = chat?.chat.reading.revision ?? revision(0);
    await useCases.markRead(bob, { chatId: lobby.id, position, version: undefined });
    expect(await missed()).toEqual([]);
  });

  it('names chats with direct messages and calls for the reader first, and muted ones last, with these calls alone', async () => {
    const world = await aMissedWorld();
    const { ada, bob, useCases, begin, names, missed, clock } = world;
    const ids = [];
    for (const name of ['Plain', 'Called', 'Muted', 'Muted call', 'Mute over'] as const) ids.push(await begin(name));
    const [plain = 0, called = 0, muted = 0, mutedCall = 0, muteOver = 0] = ids;
    for (const id of [called, mutedCall]) await post(world, id, '@bob look');
    for (const id of [plain, muted, mutedCall, muteOver]) await post(world, id, 'something');
    const direct = await useCases.openDirectChat(ada, { usernames: ['bob'] });
    await post(world, direct.chatId, 'hello');
    for (const id of [muted, mutedCall]) await useCases.setLevel(bob, { chatId: id as never, level: 'nothing' });
    await useCases.setLevel(bob, { chatId: muteOver as never, mute: { forMs: 1_000 } });
    const shown = await names();
    expect(shown.slice(0, 2).toSorted()).toEqual(['Called', 'ada']);
    expect(shown.slice(2)).toEqual(['Plain', 'Muted call']);
    expect((await missed()).at(-1)?.messages.map(({ snippet }) => snippet)).toEqual(['@bob look']);
    clock.advance(1_000);
    expect((await names()).slice(2).toSorted()).toEqual(['Mute over', 'Muted call', 'Plain']);
  });

  it('offers no messages of people whom the reader blocks', async () => {
    const { bob, ada, useCases, missed, say } = await aMissedWorld();
    await say('@bob look');
    await useCases.setBlock(bob, { userId: ada.user.id, on: true });
    expect((await missed()).flatMap(({ messages }) => messages)).toEqual([]);
  });

  it('tells an outsider nothing of a chat', async () => {
    const { eve, useCases, say } = await aMissedWorld();
    await say('@eve look', '@all look');
    expect((await useCases.viewMissed(eve)).missed).toEqual([]);
  });
});
