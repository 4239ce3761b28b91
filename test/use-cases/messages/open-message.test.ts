import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('open-message', () => {
  it('shows a member the message with its chat and what the member may do, and refuses an outsider', async () => {
    const { useCases, ada, bob, eve, lobby, clock, say } = await aWorld();
    const { message } = await useCases.postMessage(bob, { chatId: lobby.id, text: 'of bob' });
    const mayNow = async (actor: typeof ada) => [...(await useCases.openMessage(actor, message)).may].toSorted();
    expect(await useCases.openMessage(bob, message)).toMatchObject({ chat: { id: lobby.id }, message });
    expect(await mayNow(bob)).toEqual(expect.arrayContaining(['delete', 'edit']));
    expect(await mayNow(ada)).toContain('delete');
    expect(await mayNow(ada)).not.toContain('edit');
    expect(await refusal(useCases.openMessage(eve, message))).toBe('forbidden');
    const [ofAda] = await say('of ada');
    if (!ofAda) throw new Error('It was said.');
    expect((await useCases.openMessage(bob, ofAda)).may.has('delete')).toBe(false);

    await useCases.deleteMessage(ada, message);
    expect([await mayNow(ada), await mayNow(bob)]).toEqual([['restore'], []]);
    clock.advance(60_000);
    expect(await mayNow(ada)).toEqual([]);
  });

  it('finds no message that does not exist, and tells an outsider nothing about it', async () => {
    const { useCases, bob, eve, lobby } = await aWorld();
    const place = { chatId: lobby.id, position: revision(9) };
    expect(await refusal(useCases.openMessage(bob, place))).toBe('not_found');
    expect(await refusal(useCases.openMessage(eve, place))).toBe('forbidden');
    expect(await refusal(useCases.openMessage(eve, { ...place, chatId: UNKNOWN_CHAT }))).toBe('forbidden');
  });
});
