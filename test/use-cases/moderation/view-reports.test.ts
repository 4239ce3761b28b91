import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('view-reports', () => {
  it('has no message that was deleted, and one whose author has left', async () => {
    const { useCases, ada, bob, eve, lobby } = await aWorld();
    await useCases.redeemInvite(eve, (await useCases.createInvite(ada, lobby.id)).code);
    const places = [];
    for (const text of ['one', 'two']) {
      const { message } = await useCases.postMessage(bob, { chatId: lobby.id, text });
      places.push(message);
      await useCases.reportMessage(eve, { chatId: lobby.id, position: message.position, reason: 'spam' });
    }
    await useCases.leaveChat(bob, lobby.id);
    for (const place of places.slice(0, 1)) await useCases.deleteMessage(ada, place);
    const { messages } = await useCases.viewReports(ada, lobby.id);
    expect(messages).toMatchObject([{ message: { text: 'two' }, mayBeRemoved: false, mayBeBanned: true }]);
  });

  it('is refused to an outsider, for whom there is no such chat, and to members', async () => {
    const { useCases, bob, eve, lobby } = await aWorld();
    for (const chatId of [lobby.id, UNKNOWN_CHAT])
      expect(await refusal(useCases.viewReports(eve, chatId))).toBe('forbidden');
    expect(await refusal(useCases.viewReports(bob, lobby.id))).toBe('forbidden');
  });
});
