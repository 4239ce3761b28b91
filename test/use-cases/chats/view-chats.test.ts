import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('view-chat-summaries', () => {
  it("lists the actor's chats by their newest message, and none that the actor is an outsider of", async () => {
    const world = await aWorld();
    const { useCases, clock, ada, eve, lobby, den } = world;
    clock.advance(1000);
    const kitchen = await useCases.createChat(ada, { name: 'Kitchen' });
    clock.advance(1000);
    await world.say('hello');
    expect(await useCases.viewChatSummaries(ada)).toMatchObject([
      { id: lobby.id, name: 'Lobby', members: 2, last: { position: 1, author: ada.user, snippet: 'hello' } },
      { id: kitchen.id, name: 'Kitchen', members: 1, last: null },
    ]);
    expect(await useCases.viewChatSummaries(eve)).toMatchObject([{ id: den.id, last: null }]);
  });
});

describe('view-chat', () => {
  it('shows a member the chat and how many are in it, and refuses it to an outsider', async () => {
    const { useCases, ada, eve, lobby } = await aWorld();
    expect(await useCases.viewChat(ada, lobby.id)).toEqual({ chat: lobby, members: 2 });
    expect(await refusal(useCases.viewChat(eve, lobby.id))).toBe('forbidden');
  });

  it('refuses a chat that does not exist in the same words as one that is closed', async () => {
    const { useCases, eve, lobby } = await aWorld();
    const [closed, unknown] = await Promise.allSettled([
      useCases.viewChat(eve, lobby.id),
      useCases.viewChat(eve, UNKNOWN_CHAT),
    ]);
    expect(closed.status).toBe('rejected');
    expect(unknown).toEqual(closed);
  });

  it('refuses it to who was removed', async () => {
    const { useCases, storage, bob, lobby } = await aWorld();
    expect(await refusal(useCases.viewChat(bob, lobby.id))).toBeUndefined();
    await storage.unitOfWork.run((store) => store.members.remove(lobby.id, bob.user.id));
    expect(await refusal(useCases.viewChat(bob, lobby.id))).toBe('forbidden');
  });
});
