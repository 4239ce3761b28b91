import { describe, expect, it } from 'vitest';
import type { MarkedRead } from '../../../src/application/use-cases/reading/mark-read.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT, type World } from '../world.ts';

const upTo = ({ lobby }: World, position: number, version?: number): MarkedRead => ({
  chatId: lobby.id,
  position: revision(position),
  version,
});

describe('mark-read', () => {
  it('moves the pointer forward for the actor alone, and tells all their devices', async () => {
    const world = await aWorld();
    await world.say('one', 'two', 'three');
    await world.useCases.markRead(world.bob, upTo(world, 2));
    const { reading } = await world.useCases.viewChatSummary(world.bob, world.lobby.id);
    expect(reading).toMatchObject({ pointer: { position: 2, version: 0 }, unread: 1 });
    expect(world.broadcast.published.at(-1)).toEqual({
      type: 'pointer_moved',
      userId: world.bob.user.id,
      chatId: world.lobby.id,
    });
    const adas = await world.useCases.viewChatSummary(world.ada, world.lobby.id);
    expect(adas.reading.pointer).toEqual({ position: 0, version: 0 });
  });

  it('changes nothing, and tells nobody, for an older position and for a stale pointer of a sleeping device', async () => {
    const world = await aWorld();
    await world.say('one', 'two', 'three');
    await world.useCases.markRead(world.bob, upTo(world, 3));
    await world.useCases.markUnread(world.bob, { chatId: world.lobby.id, position: revision(2) });
    const told = world.broadcast.published.length;
    await world.useCases.markRead(world.bob, upTo(world, 1));
    await world.useCases.markRead(world.bob, upTo(world, 3, 0));
    expect(world.broadcast.published).toHaveLength(told);
    const { reading } = await world.useCases.viewChatSummary(world.bob, world.lobby.id);
    expect(reading).toMatchObject({ pointer: { position: 1, version: 1 }, unread: 2 });
  });

  it('works in a chat that was emptied by deletion', async () => {
    const world = await aWorld();
    const [only] = await world.say('one');
    if (!only) throw new Error('It was posted.');
    await world.useCases.deleteMessage(world.ada, only);
    await world.useCases.markRead(world.bob, upTo(world, only.position));
    const { reading } = await world.useCases.viewChatSummary(world.bob, world.lobby.id);
    expect(reading).toMatchObject({ pointer: { position: 1 }, unread: 0 });
  });

  it('leaves what is posted later unread, however far the claim goes', async () => {
    const world = await aWorld();
    await world.say('one');
    await world.useCases.markRead(world.bob, upTo(world, 1_000));
    await world.say('two');
    expect((await world.useCases.viewChatSummary(world.bob, world.lobby.id)).reading.unread).toBe(1);
  });

  it('refuses outsiders, who cannot tell a closed chat from one that does not exist', async () => {
    const world = await aWorld();
    const closed = await refusal(world.useCases.markRead(world.eve, upTo(world, 1)));
    expect(closed).toBe('forbidden');
    const unknown = world.useCases.markRead(world.eve, { ...upTo(world, 1), chatId: UNKNOWN_CHAT });
    expect(await refusal(unknown)).toEqual(closed);
  });
});
