import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('view-message', () => {
  it('shows a member the message as it is now, and refuses an outsider', async () => {
    const world = await aWorld();
    const { useCases, ada, bob, eve } = world;
    const [message] = await world.say('first');
    if (!message) throw new Error('It was said.');
    expect(await useCases.viewMessage(bob, message)).toEqual(message);
    const edited = await useCases.editMessage(ada, { ...message, text: 'second', base: message.revision });
    expect(await useCases.viewMessage(bob, message)).toEqual(edited);
    expect(await refusal(useCases.viewMessage(eve, message))).toBe('forbidden');
  });

  it('finds no message that does not exist, and tells an outsider nothing about it', async () => {
    const { useCases, bob, eve, lobby } = await aWorld();
    const place = { chatId: lobby.id, position: revision(9) };
    expect(await refusal(useCases.viewMessage(bob, place))).toBe('not_found');
    expect(await refusal(useCases.viewMessage(eve, place))).toBe('forbidden');
    expect(await refusal(useCases.viewMessage(eve, { ...place, chatId: UNKNOWN_CHAT }))).toBe('forbidden');
  });
});
