import { describe, expect, it } from 'vitest';
import { aWorld } from '../world.ts';

const names = (chats: readonly { readonly name: string }[]) => chats.map(({ name }) => name);

describe('view-archived-chats', () => {
  it('has the chats that are in no list; an outsider sees only their own', async () => {
    const { useCases, ada, bob, eve, lobby } = await aWorld();
    await useCases.createChat(bob, { name: 'Quay' });
    await useCases.setArchived(ada, { chatId: lobby.id, isArchived: true });
    expect(names(await useCases.viewArchivedChats(bob))).toEqual(['Lobby']);
    expect(names(await useCases.viewChatSummaries(bob))).toEqual(['Quay']);
    expect(names((await useCases.viewMissed(bob)).chats)).toEqual(['Quay']);
    expect(await useCases.viewArchivedChats(eve)).toEqual([]);
    await useCases.setArchived(ada, { chatId: lobby.id, isArchived: false });
    expect(await useCases.viewArchivedChats(bob)).toEqual([]);
  });
});
