import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('rename-chat', () => {
  it('gives the chat its new name, and says so in it', async () => {
    const { useCases, broadcast, ada, bob, lobby } = await aWorld();
    expect(await useCases.renameChat(ada, { chatId: lobby.id, name: '  Harbour ' })).toEqual({
      id: lobby.id,
      name: 'Harbour',
    });
    expect(await useCases.viewChatSummaries(bob)).toMatchObject([{ name: 'Harbour', revision: 1 }]);
    expect(broadcast.published).toMatchObject([
      { type: 'message_posted', message: { kind: 'notice', text: 'ada renamed the chat to “Harbour”', revision: 1 } },
    ]);
  });

  it('is refused to an outsider, for whom there is no such chat', async () => {
    const { useCases, eve, lobby } = await aWorld();
    for (const chatId of [lobby.id, UNKNOWN_CHAT]) {
      for (const name of ['Harbour', '']) {
        expect(await refusal(useCases.renameChat(eve, { chatId, name }))).toBe('forbidden');
      }
    }
  });

  it('is refused to a member who is not the owner', async () => {
    const { useCases, bob, lobby } = await aWorld();
    expect(await refusal(useCases.renameChat(bob, { chatId: lobby.id, name: 'Harbour' }))).toBe('forbidden');
  });

  it('is refused with a name that is none', async () => {
    const { useCases, ada, lobby } = await aWorld();
    for (const name of ['', '   ', 'x'.repeat(81), 'a\u0000b']) {
      expect(await refusal(useCases.renameChat(ada, { chatId: lobby.id, name }))).toBe('invalid_chat_name');
    }
  });

  it('changes nothing, and tells nobody, when the name is the same', async () => {
    const { useCases, broadcast, ada, lobby } = await aWorld();
    await useCases.renameChat(ada, { chatId: lobby.id, name: 'Lobby' });
    expect(broadcast.published).toEqual([]);
    expect(await useCases.viewChat(ada, lobby.id)).toMatchObject({ chat: { revision: 0 } });
  });

  it('changes nothing and publishes nothing when it cannot be stored', async () => {
    const { useCases, storage, broadcast, ada, lobby } = await aWorld();
    storage.failCommits = true;
    expect(await refusal(useCases.renameChat(ada, { chatId: lobby.id, name: 'Harbour' }))).toBe('unavailable');
    expect(broadcast.published).toEqual([]);
    expect(await useCases.viewChat(ada, lobby.id)).toMatchObject({ chat: { name: 'Lobby' } });
  });
});
