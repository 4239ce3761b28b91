import { describe, expect, it } from 'vitest';
import { userId } from '../../../src/domain/ids.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('remove-member', () => {
  it('AZ-4: closes the chat to the member, who hears of nothing after the end', async () => {
    const { useCases, storage, broadcast, ada, bob, lobby } = await aWorld();
    await useCases.removeMember(ada, { chatId: lobby.id, userId: bob.user.id });
    expect(await refusal(useCases.viewChat(bob, lobby.id))).toBe('forbidden');
    expect(await storage.view.members.count(lobby.id)).toBe(1);
    expect(broadcast.published).toMatchObject([
      { type: 'member_left', chatId: lobby.id, userId: bob.user.id },
      { type: 'chat_left', chatId: lobby.id, userId: bob.user.id },
      { type: 'message_posted', message: { kind: 'notice', text: 'ada removed bob', author: ada.user } },
    ]);
  });

  it('is refused to an outsider, for whom there is no such chat', async () => {
    const { useCases, ada, bob, eve, lobby } = await aWorld();
    for (const chatId of [lobby.id, UNKNOWN_CHAT]) {
      for (const { user } of [ada, bob, eve]) {
        expect(await refusal(useCases.removeMember(eve, { chatId, userId: user.id }))).toBe('forbidden');
      }
    }
  });

  it('is refused to a member who is not the owner', async () => {
    const { useCases, broadcast, ada, bob, lobby } = await aWorld();
    for (const { user } of [ada, bob]) {
      expect(await refusal(useCases.removeMember(bob, { chatId: lobby.id, userId: user.id }))).toBe('forbidden');
    }
    expect(broadcast.published).toEqual([]);
  });

  it('finds nobody who is no member, and takes nobody for themselves', async () => {
    const { useCases, ada, eve, lobby } = await aWorld();
    const remove = (id: number) => refusal(useCases.removeMember(ada, { chatId: lobby.id, userId: userId(id) }));
    expect(await remove(eve.user.id)).toBe('not_found');
    expect(await remove(404)).toBe('not_found');
    expect(await remove(ada.user.id)).toBe('bad_request');
  });

  it('lets the removed one come back by a later invite of another, and by no older link to the chat', async () => {
    const { useCases, clock, ada, bob, eve, lobby } = await aWorld();
    const { code: own } = await useCases.createInvite(bob, lobby.id);
    const { code: adas } = await useCases.createInvite(ada, lobby.id);
    clock.advance(1);
    await useCases.removeMember(ada, { chatId: lobby.id, userId: bob.user.id });
    expect(await refusal(useCases.redeemInvite(bob, own))).toBe('not_found');
    expect(await refusal(useCases.redeemInvite(bob, adas))).toBe('not_found');
    expect(await useCases.redeemInvite(eve, adas)).toBe(lobby.id);
    const { code: later } = await useCases.createInvite(ada, lobby.id);
    expect(await useCases.redeemInvite(bob, later)).toBe(lobby.id);
  });

  it('looks like an unknown link to the removed one who opens an older invite', async () => {
    const { useCases, clock, ada, bob, lobby } = await aWorld();
    const { code } = await useCases.createInvite(ada, lobby.id);
    clock.advance(1);
    await useCases.removeMember(ada, { chatId: lobby.id, userId: bob.user.id });
    expect(await refusal(useCases.viewInvite(bob, code))).toBe('not_found');
    expect(await refusal(useCases.viewInvite(bob, 'nothing'))).toBe('not_found');
  });

  it('deletes the recent messages of the member in the same act, with its reason', async () => {
    const { useCases, storage, ada, bob, lobby } = await aWorld();
    await useCases.postMessage(bob, { chatId: lobby.id, text: 'spam' });
    const removal = { chatId: lobby.id, userId: bob.user.id, reason: ' spam ', deleteHours: 24 };
    await useCases.removeMember(ada, removal);
    const { messages } = await useCases.readHistory(ada, { chatId: lobby.id, limit: 9 });
    expect(messages.map(({ kind }) => kind)).toEqual(['notice']);
    const acts = await storage.view.acts.list(lobby.id, undefined, 9);
    expect(acts).toMatchObject([{ act: { kind: 'removed', reason: 'spam', revision: 3 }, target: bob.user }]);
  });

  it('removes nobody and publishes nothing when it cannot be stored', async () => {
    const { useCases, storage, broadcast, ada, bob, lobby } = await aWorld();
    storage.failCommits = true;
    expect(await refusal(useCases.removeMember(ada, { chatId: lobby.id, userId: bob.user.id }))).toBe('unavailable');
    expect(broadcast.published).toEqual([]);
    expect(await useCases.viewChat(bob, lobby.id)).toMatchObject({ members: 2 });
  });
});
