import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { userId } from '../../../src/domain/ids.ts';
import { NOW } from '../../builders.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT, type World } from '../world.ts';

const HOUR = 3_600_000;

async function aLobby() {
  const world = await aWorld();
  const { useCases, broadcast, ada, bob, lobby } = world;
  const bobSays = (text: string) => useCases.postMessage(bob, { chatId: lobby.id, text });
  const ban = (by: World['ada'], id: number, more: object = {}) =>
    useCases.banMember(by, { chatId: lobby.id, userId: userId(id), reason: 'spam', ...more });
  return {
    ...world,
    bobSays,
    ban,
    banBob: (more = {}) => ban(ada, bob.user.id, more),
    told: () => broadcast.published,
  };
}

describe('ban-member', () => {
  it('removes the member, who hears of nothing after the end, and writes down who, why and until when', async () => {
    const { storage, useCases, broadcast, banBob, ada, bob, lobby } = await aLobby();
    const ban = await banBob({ hours: 2 });
    expect(ban).toEqual({
      ...{ chatId: lobby.id, userId: bob.user.id, by: ada.user.id },
      ...{ at: NOW, until: NOW + 2 * HOUR, reason: 'spam' },
    });
    expect(await refusal(useCases.viewChat(bob, lobby.id))).toBe('forbidden');
    expect(broadcast.published).toMatchObject([
      { type: 'member_left', userId: bob.user.id },
      { type: 'chat_left', userId: bob.user.id },
      { type: 'message_posted', message: { kind: 'notice', text: 'ada banned bob' } },
    ]);
    const [listed] = await storage.view.acts.list(lobby.id, undefined, 9);
    expect(listed).toMatchObject({
      ...{ actor: ada.user, target: bob.user },
      act: { kind: 'banned', reason: 'spam', at: NOW, revision: 1 },
    });
  });

  it('keeps the person out of the chat by every invite, which looks unknown, until the end', async () => {
    const { useCases, clock, banBob, ada, bob, lobby } = await aLobby();
    await banBob({ hours: 1 });
    clock.advance(1);
    const { code } = await useCases.createInvite(ada, lobby.id);
    const unknown = await refusal(useCases.redeemInvite(bob, 'nothing'));
    expect([await refusal(useCases.redeemInvite(bob, code)), await refusal(useCases.viewInvite(bob, code))]).toEqual([
      unknown,
      unknown,
    ]);
    clock.advance(HOUR - 2);
    expect(await refusal(useCases.redeemInvite(bob, code))).toBe(unknown);
    clock.advance(1);
    expect(await useCases.viewInvite(bob, code)).toMatchObject({ isMember: false });
    expect(await useCases.redeemInvite(bob, code)).toBe(lobby.id);
  });

  it('deletes the recent messages of the person in the same act, and keeps their words while it can be undone', async () => {
    const { useCases, storage, clock, broadcast, bobSays, banBob, ada, lobby, say } = await aLobby();
    await bobSays('old');
    clock.advance(2 * HOUR);
    await bobSays('spam');
    await say('mine');
    await bobSays('more spam');
    const before = broadcast.published.length;
    await banBob({ deleteHours: 1 });
    const { messages } = await useCases.readHistory(ada, { chatId: lobby.id, limit: 9 });
    expect(messages.map(({ kind }) => kind)).toEqual(['text', 'text', 'notice']);
    const gone = await storage.view.messages.changedAfter(lobby.id, messages[0]?.revision ?? revision(0), 9);
    expect(gone.filter(({ kind }) => kind === 'deleted')).toMatchObject([{ isHidden: true }, { isHidden: true }]);
    expect(broadcast.published.slice(before).map(({ type }) => type)).toEqual([
      ...['member_left', 'chat_left', 'message_changed', 'message_changed', 'message_posted'],
    ]);
    const acts = await storage.view.acts.list(lobby.id, undefined, 9);
    expect(acts).toHaveLength(1);
    expect(acts[0]?.act.changes.filter(({ aspect }) => aspect === 'message')).toHaveLength(2);
    expect(JSON.stringify(acts)).not.toContain('more spam');
  });

  it('replaces an earlier ban, and takes people who have left after writing, and nobody else', async () => {
    const { useCases, storage, bobSays, ban, banBob, ada, bob, eve, lobby } = await aLobby();
    await bobSays('bye');
    await useCases.leaveChat(bob, lobby.id);
    await banBob();
    await banBob({ hours: 1, reason: 'again' });
    expect(await storage.view.bans.find(lobby.id, bob.user.id)).toMatchObject({ until: NOW + HOUR, reason: 'again' });
    for (const id of [eve.user.id, 404]) expect(await refusal(ban(ada, id))).toBe('not_found');
    expect(await refusal(ban(ada, ada.user.id))).toBe('bad_request');
  });

  it('is refused to moderators for the owner and other moderators', async () => {
    const { useCases, ban, ada, bob, eve, lobby } = await aLobby();
    const { code } = await useCases.createInvite(ada, lobby.id);
    await useCases.redeemInvite(eve, code);
    for (const { user } of [bob, eve])
      await useCases.setRole(ada, { chatId: lobby.id, userId: user.id, role: 'moderator' });
    expect(await refusal(ban(bob, ada.user.id))).toBe('forbidden');
    expect(await refusal(ban(bob, eve.user.id))).toBe('forbidden');
    await useCases.setRole(ada, { chatId: lobby.id, userId: eve.user.id, role: 'member' });
    expect(await ban(bob, eve.user.id)).toMatchObject({ by: bob.user.id });
  });

  it('is refused to an outsider, for whom there is no such chat, and to members', async () => {
    const { useCases, broadcast, ban, ada, bob, eve, lobby } = await aLobby();
    for (const chatId of [lobby.id, UNKNOWN_CHAT])
      for (const { user } of [ada, bob, eve])
        expect(await refusal(useCases.banMember(eve, { chatId, userId: user.id, reason: 'spam' }))).toBe('forbidden');
    for (const { user } of [ada, bob]) expect(await refusal(ban(bob, user.id))).toBe('forbidden');
    expect(broadcast.published).toEqual([]);
  });

  it.each([
    [{ hours: 0 }, 'invalid_ban'],
    [{ hours: 1.5 }, 'invalid_ban'],
    [{ hours: 87_601 }, 'invalid_ban'],
    [{ reason: ' ' }, 'invalid_reason'],
    [{ reason: 'a\nb' }, 'invalid_reason'],
    [{ reason: 'x'.repeat(201) }, 'invalid_reason'],
    [{ deleteHours: 721 }, 'bad_request'],
  ])('refuses %j as %s', async (more, code) => {
    const { broadcast, banBob } = await aLobby();
    expect(await refusal(banBob(more))).toBe(code);
    expect(broadcast.published).toEqual([]);
  });

  it('bans nobody and publishes nothing when it cannot be stored', async () => {
    const { storage, useCases, broadcast, banBob, bob, lobby } = await aLobby();
    storage.failCommits = true;
    expect(await refusal(banBob())).toBe('unavailable');
    expect(broadcast.published).toEqual([]);
    expect(await useCases.viewChat(bob, lobby.id)).toMatchObject({ members: 2 });
  });
});
