import { describe, expect, it } from 'vitest';
import { type Message, textOf } from '../../../src/domain/messages/message.ts';
import { DAY } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';

async function invited(): Promise<World & { readonly code: string }> {
  const world = await aWorld();
  const { code } = await world.useCases.createInvite(world.ada, world.lobby.id);
  return { ...world, code };
}

const allMessages = ({ storage, lobby }: World) => storage.view.messages.before(lobby.id, undefined, 100);

describe('redeem-invite', () => {
  it('lets an outsider into the chat, who was one until then', async () => {
    const { useCases, storage, clock, eve, lobby, code } = await invited();
    expect(await refusal(useCases.viewChat(eve, lobby.id))).toBe('forbidden');
    expect(await useCases.redeemInvite(eve, code)).toBe(lobby.id);
    expect(await useCases.viewChat(eve, lobby.id)).toMatchObject({ members: 3 });
    const membership = { chatId: lobby.id, userId: eve.user.id, role: 'member', joinedAt: clock.now() };
    expect(await storage.view.members.find(lobby.id, eve.user.id)).toEqual(membership);
  });

  it('joins its own chat and no other', async () => {
    const { useCases, bob, eve, den, code } = await invited();
    await useCases.redeemInvite(eve, code);
    expect(await refusal(useCases.viewChat(bob, den.id))).toBe('forbidden');
    expect(await useCases.viewChatSummaries(eve)).toHaveLength(2);
  });

  it('leaves a notice in the chat and publishes it', async () => {
    const world = await invited();
    await world.useCases.redeemInvite(world.eve, world.code);
    const [notice, ...others] = await allMessages(world);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ kind: 'notice', text: 'eve joined', position: 1, revision: 1, clientId: null });
    expect(notice?.author).toEqual(world.eve.user);
    expect(world.broadcast.published).toEqual([
      { type: 'message_posted', message: notice },
      { type: 'chat_joined', chatId: world.lobby.id, userId: world.eve.user.id },
    ]);
  });

  it('has committed by the time it publishes', async () => {
    const world = await invited();
    const seen: Promise<readonly unknown[]>[] = [];
    world.broadcast.subscribeToChat(world.lobby.id, () => {
      const { members } = world.storage.view;
      seen.push(Promise.all([allMessages(world), members.find(world.lobby.id, world.eve.user.id)]));
    });
    await world.useCases.redeemInvite(world.eve, world.code);
    expect(await Promise.all(seen)).toMatchObject([[[{ text: 'eve joined' }], { role: 'member' }]]);
  });

  it('changes nothing for who is a member already, and tells nobody', async () => {
    const world = await invited();
    await world.useCases.redeemInvite(world.eve, world.code);
    for (const member of [world.eve, world.bob, world.ada]) {
      expect(await world.useCases.redeemInvite(member, world.code)).toBe(world.lobby.id);
    }
    expect(await allMessages(world)).toHaveLength(1);
    expect(world.broadcast.published).toHaveLength(2);
    expect(await world.storage.view.members.find(world.lobby.id, world.ada.user.id)).toMatchObject({ role: 'owner' });
  });

  it('makes one membership and one notice of twenty redemptions at once', async () => {
    const world = await invited();
    const joins = Array.from({ length: 20 }, () => world.useCases.redeemInvite(world.eve, world.code));
    expect(new Set(await Promise.all(joins))).toEqual(new Set([world.lobby.id]));
    expect(await world.storage.view.members.count(world.lobby.id)).toBe(3);
    expect(await allMessages(world)).toHaveLength(1);
    expect(world.broadcast.published).toHaveLength(2);
  });

  it("takes a place among the chat's messages", async () => {
    const world = await invited();
    await world.say('before');
    await world.useCases.redeemInvite(world.eve, world.code);
    await world.say('after');
    const texts = (await allMessages(world)).map((message: Message) => [message.position, textOf(message)]);
    expect(texts).toEqual([
      [1, 'before'],
      [2, 'eve joined'],
      [3, 'after'],
    ]);
  });

  it('says the same of an expired code as of an unknown one, and joins nothing', async () => {
    const { useCases, storage, clock, broadcast, eve, lobby, code } = await invited();
    clock.advance(7 * DAY);
    const [expired, unknown] = await Promise.allSettled([
      useCases.redeemInvite(eve, code),
      useCases.redeemInvite(eve, 'unknown'),
    ]);
    expect(expired).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
    expect(unknown).toEqual(expired);
    expect(await storage.view.members.count(lobby.id)).toBe(2);
    expect(broadcast.published).toEqual([]);
  });

  it('is good until the last moment of the seven days', async () => {
    const { useCases, clock, eve, lobby, code } = await invited();
    clock.advance(7 * DAY - 1);
    expect(await useCases.redeemInvite(eve, code)).toBe(lobby.id);
  });

  it('joins nothing and publishes nothing when it cannot be stored', async () => {
    const world = await invited();
    world.storage.failCommits = true;
    expect(await refusal(world.useCases.redeemInvite(world.eve, world.code))).toBe('unavailable');
    expect(world.broadcast.published).toEqual([]);
    expect(await allMessages(world)).toEqual([]);
    expect(await world.storage.view.members.count(world.lobby.id)).toBe(2);
  });
});
