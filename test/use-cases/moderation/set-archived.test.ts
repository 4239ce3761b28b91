import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('set-archived', () => {
  it('lets nobody change anything in the chat until it is brought back; both are told, and written down', async () => {
    const { useCases, storage, broadcast, ada, bob, lobby, say } = await aWorld();
    const [said] = await say('hello');
    if (!said) throw new Error('It was said.');
    const place = { chatId: lobby.id, position: said.position };
    await useCases.setArchived(ada, { chatId: lobby.id, isArchived: true });
    expect(broadcast.published.at(-1)).toMatchObject({ message: { kind: 'notice', text: 'ada archived the chat' } });
    const person = { chatId: lobby.id, userId: bob.user.id };
    const refused = await Promise.all(
      [
        useCases.postMessage(ada, { chatId: lobby.id, text: 'more' }),
        useCases.editMessage(ada, { ...place, text: 'other', base: said.revision }),
        useCases.deleteMessage(ada, place),
        useCases.reactToMessage(bob, { ...place, emoji: '👍', on: true }),
        useCases.setPin(bob, { ...place, on: true }),
        useCases.reportMessage(bob, { ...place, reason: 'rude' }),
        useCases.signalTyping(bob, lobby.id),
        useCases.createInvite(ada, lobby.id),
        useCases.renameChat(ada, { chatId: lobby.id, name: 'Other' }),
        useCases.setRole(ada, { ...person, role: 'moderator' }),
        useCases.removeMember(ada, person),
        useCases.banMember(ada, { ...person, reason: 'spam' }),
        useCases.setSlowMode(ada, { chatId: lobby.id, seconds: 5 }),
        useCases.setRetention(ada, { chatId: lobby.id, days: 5 }),
      ].map((work) => refusal(work).catch(() => 'other')),
    );
    expect(new Set(refused)).toEqual(new Set(['archived']));
    await useCases.setArchived(ada, { chatId: lobby.id, isArchived: false });
    await useCases.postMessage(bob, { chatId: lobby.id, text: 'more' });
    const acts = await storage.view.acts.list(lobby.id, undefined, 9);
    expect(acts.map(({ act }) => act.kind)).toEqual(['archive_set', 'archive_set']);
  });

  it('lets nobody in by an invite, and everybody out', async () => {
    const { useCases, storage, ada, bob, eve, lobby } = await aWorld();
    const { code } = await useCases.createInvite(ada, lobby.id);
    await useCases.setArchived(ada, { chatId: lobby.id, isArchived: true });
    expect(await refusal(useCases.redeemInvite(eve, code))).toBe('archived');
    expect(await storage.view.members.find(lobby.id, eve.user.id)).toBeUndefined();
    await useCases.leaveChat(bob, lobby.id);
    await useCases.leaveChat(ada, lobby.id);
  });

  it('can be undone, and brought back again by undoing that', async () => {
    const { useCases, storage, ada, lobby } = await aWorld();
    await useCases.setArchived(ada, { chatId: lobby.id, isArchived: true });
    const last = async () => (await storage.view.acts.list(lobby.id, undefined, 1))[0]?.act.id ?? (0 as never);
    await useCases.undoAct(ada, { chatId: lobby.id, id: await last() });
    expect((await storage.view.chats.find(lobby.id))?.archivedAt).toBeUndefined();
    await useCases.setArchived(ada, { chatId: lobby.id, isArchived: true });
    await useCases.setArchived(ada, { chatId: lobby.id, isArchived: false });
    await useCases.undoAct(ada, { chatId: lobby.id, id: await last() });
    expect((await storage.view.chats.find(lobby.id))?.archivedAt).toBeDefined();
  });

  it('says nothing when it is so already', async () => {
    const { useCases, broadcast, ada, lobby } = await aWorld();
    await useCases.setArchived(ada, { chatId: lobby.id, isArchived: false });
    expect(broadcast.published).toEqual([]);
  });

  it('is refused to an outsider, for whom there is no such chat, and to members and moderators', async () => {
    const { useCases, ada, bob, eve, lobby } = await aWorld();
    const archive = { chatId: lobby.id, isArchived: true };
    for (const chatId of [lobby.id, UNKNOWN_CHAT])
      expect(await refusal(useCases.setArchived(eve, { ...archive, chatId }))).toBe('forbidden');
    await useCases.setRole(ada, { chatId: lobby.id, userId: bob.user.id, role: 'moderator' });
    expect(await refusal(useCases.setArchived(bob, archive))).toBe('forbidden');
  });
});
