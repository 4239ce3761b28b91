import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('view-chat-summary', () => {
  it('answers what the list of chats has', async () => {
    const { bob, lobby, useCases, say } = await aWorld();
    await say('one', '@bob two');
    const summary = await useCases.viewChatSummary(bob, lobby.id);
    expect(summary).toMatchObject({ last: { position: 2 }, reading: { unread: 2, mentions: 1 } });
    expect(await useCases.viewChatSummaries(bob)).toEqual([summary]);
  });

  it('refuses outsiders, who cannot tell a closed chat from one that does not exist', async () => {
    const { eve, lobby, useCases } = await aWorld();
    const closed = await refusal(useCases.viewChatSummary(eve, lobby.id));
    expect(closed).toBe('forbidden');
    expect(await refusal(useCases.viewChatSummary(eve, UNKNOWN_CHAT))).toEqual(closed);
  });
});
