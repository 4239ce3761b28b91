import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import type { ChatId } from '../../../src/domain/ids.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { actId } from '../../../src/domain/moderation/act.ts';
import { randomFrom } from '../../random-from.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT, type World } from '../world.ts';

const LIMIT = 10_000;

/** The lobby of Ada, Bob and Cyd. */
async function aLobby() {
  const world = await aWorld();
  const { useCases, storage, ada, eve, lobby } = world;
  await useCases.redeemInvite(eve, (await useCases.createInvite(ada, lobby.id)).code);
  const newest = async () => (await storage.view.acts.list(lobby.id, undefined, 1))[0]?.act.id ?? actId(0);
  return {
    ...world,
    cyd: eve,
    newest,
    undo: async (by: World['ada'], id?: number) =>
      useCases.undoAct(by, { chatId: lobby.id, id: id === undefined ? await newest() : actId(id) }),
  };
}

/** Everything that acts change, without revisions, which only grow. */
async function stateOf({ storage: { view }, clock, ada, bob, eve }: World, id: ChatId) {
  const chat = await view.chats.find(id);
  const messages = await view.messages.before(id, undefined, LIMIT);
  return {
    name: chat?.name,
    slow: chat?.slowSeconds,
    members: await view.members.list(id, undefined, LIMIT),
    barred: await Promise.all([ada, bob, eve].map(({ user }) => view.invites.barredAt(id, user.id))),
    bans: await view.bans.inForce(id, clock.now(), LIMIT),
    invites: await view.invites.to(id),
    texts: messages.filter(({ kind }) => kind !== 'notice').map((one) => (one.kind === 'text' ? one.text : one.kind)),
    reports: (await view.reports.waiting(id, LIMIT)).map(({ report }) => [report.position, report.userId]),
  };
}

describe('undo-act', () => {
  it('brings a removed member back with what they had read, muted, pinned and set', async () => {
    const { useCases, storage, ada, bob, lobby, undo, say } = await aLobby();
    await say('one', 'two', 'three');
    const place = { chatId: lobby.id, position: revision(2) };
    await useCases.markUnread(bob, place);
    await useCases.setLevel(bob, { chatId: lobby.id, level: 'all', mute: { forMs: 60_000 } });
    await useCases.setPinned(bob, { chatId: lobby.id, pinned: true });
    const reading = async () => (await storage.view.reading.ofMembers(lobby.id, [bob.user.id])).get(bob.user.id);
    const { revision: _, ...before } = (await reading()) ?? {};
    expect(before).toMatchObject({ level: 'all', pinned: true, unread: 3 });
    await useCases.removeMember(ada, { chatId: lobby.id, userId: bob.user.id });
    await undo(ada);
    expect(await reading()).toMatchObject(before);
  });

  it('lets a banned person back in with their role and their messages, and says so', async () => {
    const { useCases, storage, broadcast, ada, bob, lobby, undo, ...world } = await aLobby();
    await useCases.setRole(ada, { chatId: lobby.id, userId: bob.user.id, role: 'moderator' });
    await useCases.postMessage(bob, { chatId: lobby.id, text: 'hello' });
    const all = { useCases, storage, broadcast, ada, bob, lobby, ...world };
    const before = await stateOf(all, lobby.id);
    await useCases.banMember(ada, { chatId: lobby.id, userId: bob.user.id, reason: 'spam', deleteHours: 1 });
    const begun = broadcast.published.length;
    await undo(ada);
    expect(await stateOf(all, lobby.id)).toEqual(before);
    expect(broadcast.published.slice(begun)).toMatchObject([
      { type: 'chat_joined', userId: bob.user.id },
      { type: 'message_changed', message: { kind: 'text', text: 'hello' } },
      { type: 'message_posted', message: { kind: 'notice', text: 'ada let bob back in' } },
    ]);
    expect(await storage.view.acts.list(lobby.id, undefined, 2)).toMatchObject([
      { actor: ada.user, target: bob.user, act: { kind: 'undone' } },
      { act: { kind: 'banned' }, isUndone: true },
    ]);
    expect(await useCases.viewChat(bob, lobby.id)).toMatchObject({ members: 3 });
  });

  it('gives the ownership back, on behalf of the one who handed it over', async () => {
    const { useCases, storage, broadcast, ada, bob, lobby, undo } = await aLobby();
    await useCases.setRole(ada, { chatId: lobby.id, userId: bob.user.id, role: 'owner' });
    await undo(ada);
    const roles = (await storage.view.members.list(lobby.id, undefined, 9)).map(({ role }) => role);
    expect(roles).toEqual(['owner', 'member', 'member']);
    expect(broadcast.published.at(-1)).toMatchObject({ message: { text: 'ada is the owner now' } });
  });

  it('undoes nothing after ten minutes, nothing twice, and nothing on which something later stands', async () => {
    const { useCases, clock, ada, bob, lobby, newest, undo } = await aLobby();
    await useCases.renameChat(ada, { chatId: lobby.id, name: 'Quay' });
    const first = await newest();
    await useCases.renameChat(ada, { chatId: lobby.id, name: 'Pier' });
    expect(await refusal(undo(ada, first))).toBe('conflict');
    await undo(ada);
    await undo(ada, first);
    expect(await refusal(undo(ada, first))).toBe('conflict');
    await useCases.removeMember(ada, { chatId: lobby.id, userId: bob.user.id });
    clock.advance(600_000);
    expect(await refusal(undo(ada))).toBe('conflict');
    expect(await refusal(undo(ada, 404))).toBe('not_found');
  });

  it('undoes nothing that something else than an act has changed since', async () => {
    const { useCases, clock, ada, bob, lobby, undo } = await aLobby();
    await useCases.removeMember(ada, { chatId: lobby.id, userId: bob.user.id });
    clock.advance(1);
    await useCases.redeemInvite(bob, (await useCases.createInvite(ada, lobby.id)).code);
    expect(await refusal(undo(ada))).toBe('conflict');
  });

  it('restores a message that a moderator deleted, after the minute in which its author could', async () => {
    const { useCases, clock, timer, jobWorker, ada, bob, lobby, undo } = await aLobby();
    const { message } = await useCases.postMessage(bob, { chatId: lobby.id, text: 'hello' });
    await useCases.deleteMessage(ada, message);
    jobWorker.start();
    clock.advance(599_000);
    await timer.advance(599_000);
    await undo(ada);
    expect(await useCases.viewMessage(bob, message)).toMatchObject({ kind: 'text', text: 'hello' });
    await jobWorker.stop();
  });

  it('is refused to an outsider, for whom there is no such chat, to members, and to moderators for acts of others', async () => {
    const { useCases, ada, bob, cyd, lobby, newest, undo } = await aLobby();
    await useCases.setSlowMode(ada, { chatId: lobby.id, seconds: 5 });
    await useCases.leaveChat(cyd, lobby.id);
    const id = await newest();
    for (const chatId of [lobby.id, UNKNOWN_CHAT])
      expect(await refusal(useCases.undoAct(cyd, { chatId, id }))).toBe('forbidden');
    expect(await refusal(undo(bob))).toBe('forbidden');
    await useCases.setRole(ada, { chatId: lobby.id, userId: bob.user.id, role: 'moderator' });
    expect(await refusal(undo(bob, id))).toBe('forbidden');
    await useCases.setSlowMode(bob, { chatId: lobby.id, seconds: 9 });
    await undo(ada);
  });

  it('ends in the state at the beginning, in whatever legal order 1,000 random acts are undone', {
    timeout: 120_000,
  }, async () => {
    const seed = Date.now() % 1_000_000;
    const random = randomFrom(seed);
    const pick = <One>(all: readonly One[]) => all[random(all.length)] as One;
    const { useCases, ada, bob, cyd, lobby, say, undo, ...world } = await aLobby();
    const chatId = lobby.id;
    const all = { useCases, ada, bob, lobby, say, ...world };
    const texts: Message[] = [];
    for (const person of [bob, cyd])
      for (let n = 0; n < 8; n += 1) {
        const { message } = await useCases.postMessage(person, { chatId, text: `${person.user.username} ${n}` });
        texts.push(message);
        await useCases.reportMessage(ada, { ...message, reason: 'spam' });
        await useCases.createInvite(person, chatId, {});
      }
    const wishes: readonly (() => Promise<unknown>)[] = [
      () => useCases.renameChat(ada, { chatId, name: `Quay ${random(5)}` }),
      () => useCases.setSlowMode(ada, { chatId, seconds: pick([0, 5, 30]) }),
      () => useCases.setRole(ada, { chatId, userId: pick([bob, cyd]).user.id, role: pick(['moderator', 'member']) }),
      () => useCases.deleteMessage(ada, pick(texts)),
      () => useCases.dismissReports(ada, pick(texts)),
      () => useCases.removeMember(ada, { chatId, userId: pick([bob, cyd]).user.id, deleteHours: pick([0, 1]) }),
      () =>
        useCases.banMember(ada, {
          chatId,
          userId: pick([bob, cyd]).user.id,
          reason: 'spam',
          deleteHours: pick([0, 1]),
        }),
      () => useCases.liftBan(ada, { chatId, userId: pick([bob, cyd]).user.id }),
    ];
    const refusals = new Set(['not_found', 'conflict', undefined]);
    const before = await stateOf(all, chatId);
    for (let done = 0; done < 1_000; ) {
      // Undoing in between brings people back, so that they can be removed again.
      const code = await refusal(random(10) < 3 ? undo(ada) : pick(wishes)());
      expect([seed, refusals.has(code) || code]).toEqual([seed, true]);
      if (code === undefined) done += 1;
    }
    const left = async () =>
      (await useCases.viewAudit(ada, { chatId, limit: LIMIT })).acts.filter(({ mayBeUndone }) => mayBeUndone);
    for (let legal = await left(); legal.length > 0; legal = await left()) {
      await undo(ada, pick(legal).act.id);
      // Those that others stood on meanwhile come with the next round.
      for (let n = 1; n < legal.length; n += 1)
        expect([seed, ['conflict', undefined]]).toEqual([
          seed,
          expect.arrayContaining([await refusal(undo(ada, pick(legal).act.id))]),
        ]);
    }
    expect([seed, await stateOf(all, chatId)]).toEqual([seed, before]);
  });
});
