import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

describe('create-chat', () => {
  it('makes the actor the owner and only member, so that an outsider is kept out', async () => {
    const { useCases, storage, clock, ada, bob } = await aWorld();
    const chat = await useCases.createChat(ada, { name: '  Kitchen ' });
    expect(chat).toMatchObject({ name: 'Kitchen', revision: 0 });
    expect(await storage.view.members.find(chat.id, ada.user.id)).toMatchObject({
      role: 'owner',
      joinedAt: clock.now(),
    });
    expect(await useCases.viewChat(ada, chat.id)).toEqual({ chat, members: 1 });
    expect(await refusal(useCases.viewChat(bob, chat.id))).toBe('forbidden');
  });

  it('gives two chats of one name two ids', async () => {
    const { useCases, ada } = await aWorld();
    const [one, other] = [
      await useCases.createChat(ada, { name: 'Twin' }),
      await useCases.createChat(ada, { name: 'Twin' }),
    ];
    expect(other.id).not.toBe(one.id);
  });

  it.each(['', '   ', 'x'.repeat(81), 'a\nb'])('refuses the name %j', async (name) => {
    const { useCases, ada } = await aWorld();
    const before = await useCases.viewChatSummaries(ada);
    expect(await refusal(useCases.createChat(ada, { name }))).toBe('invalid_chat_name');
    expect(await useCases.viewChatSummaries(ada)).toEqual(before);
  });

  it('leaves nothing behind when it cannot be stored', async () => {
    const { useCases, storage, ada } = await aWorld();
    const before = await useCases.viewChatSummaries(ada);
    storage.failCommits = true;
    expect(await refusal(useCases.createChat(ada, { name: 'Kitchen' }))).toBe('unavailable');
    expect(await useCases.viewChatSummaries(ada)).toEqual(before);
  });
});
