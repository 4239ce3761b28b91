import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('open-chat', () => {
  it('shows a member all that is on the page, and refuses it to an outsider', async () => {
    const { useCases, bob, eve, lobby, say } = await aWorld();
    const messages = await say('a', 'b', 'c');
    const opened = await useCases.openChat(bob, { chatId: lobby.id, limit: 2 });
    const chat = { ...lobby, revision: 3 };
    expect(opened).toEqual({
      chat,
      members: 2,
      renames: 0,
      role: 'member',
      chats: [expect.objectContaining({ id: lobby.id, revision: 3 })],
      history: { messages: messages.slice(1), revision: 3, hasOlder: true, hasNewer: false },
      version: expect.any(Number),
    });
    expect(await refusal(useCases.openChat(eve, { chatId: lobby.id, limit: 2 }))).toBe('forbidden');
    expect(await refusal(useCases.openChat(eve, { chatId: UNKNOWN_CHAT, limit: 2 }))).toBe('forbidden');
  });

  it('leads back from a position, as read-history does', async () => {
    const { useCases, bob, lobby, say } = await aWorld();
    await say('a', 'b', 'c');
    const place = { chatId: lobby.id, before: revision(3), limit: 2 };
    const { history } = await useCases.openChat(bob, place);
    expect(history).toEqual(await useCases.readHistory(bob, place));
  });

  it('does not read again what the caller has cached, until something has been posted', async () => {
    const { useCases, bob, lobby, say } = await aWorld();
    await say('a');
    const opening = { chatId: lobby.id, limit: 2 };
    const cached = await useCases.openChat(bob, opening);
    expect(await useCases.openChat(bob, { ...opening, cached })).toEqual({ ...cached, history: undefined });
    const older = { ...cached, version: undefined };
    expect(await useCases.openChat(bob, { ...opening, cached: older })).toEqual({ ...cached, history: undefined });
    await say('b');
    expect(await useCases.openChat(bob, { ...opening, cached })).toMatchObject({ history: { revision: 2 } });
  });

  it('refuses it to a member who was removed, whatever they have cached', async () => {
    const { useCases, storage, bob, lobby } = await aWorld();
    const opening = { chatId: lobby.id, limit: 2 };
    const cached = await useCases.openChat(bob, opening);
    await storage.unitOfWork.run((store) => store.members.remove(lobby.id, bob.user.id));
    expect(await refusal(useCases.openChat(bob, { ...opening, cached }))).toBe('forbidden');
  });
});
