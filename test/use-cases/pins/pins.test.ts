import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/actor.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

async function aWorldWithMessage() {
  const world = await aWorld();
  const [message] = await world.say('first');
  if (!message) throw new Error('It was said.');
  const pin = (on = true, by: Actor = world.ada, place: Message = message) =>
    world.useCases.setPin(by, { chatId: place.chatId, position: place.position, on });
  const pins = async (by: Actor = world.ada) => (await world.useCases.viewPins(by, message.chatId)).messages;
  const history = () => world.storage.view.messages.before(message.chatId, undefined, 200);
  return { ...world, message, pin, pins, history };
}

describe('set-pin', () => {
  it('pins a message, adds a notice of who did it, and refuses an outsider', async () => {
    const { message, pin, bob, eve, clock, history, broadcast } = await aWorldWithMessage();
    const pinned = await pin(true, bob);
    expect(pinned).toEqual({ ...message, revision: 2, pin: { by: bob.user.id, at: clock.now() } });
    const [first, notice] = await history();
    expect(first).toEqual(pinned);
    expect(notice).toMatchObject({ kind: 'notice', text: 'bob pinned a message', position: 3 });
    expect(broadcast.published.slice(-2)).toEqual([
      { type: 'message_changed', message: pinned },
      { type: 'message_posted', message: notice },
    ]);
    expect(await refusal(pin(true, eve))).toBe('forbidden');
    expect(await refusal(pin(false, eve))).toBe('forbidden');
  });

  it('changes nothing when it is asked for again, and says nothing when a message is unpinned', async () => {
    const { pin, history, message } = await aWorldWithMessage();
    const pinned = await pin();
    expect(await pin()).toEqual(pinned);
    expect(await history()).toHaveLength(2);
    for (let n = 0; n < 2; n += 1) expect(await pin(false)).toEqual({ ...message, revision: 4 });
    expect(await history()).toHaveLength(2);
  });

  it('refuses the fifty-first message of a chat, notices, deleted messages and messages that are not there', async () => {
    const { pin, say, pins, history, useCases, ada, message } = await aWorldWithMessage();
    const messages = await say(...Array.from({ length: 50 }, (_, index) => `text ${index}`));
    for (const one of messages) await pin(true, ada, one);
    expect(await refusal(pin())).toBe('too_many_pins');
    await pin(false, ada, messages[0]);
    await pin();
    expect(await pins()).toHaveLength(50);
    const notice = (await history()).find(({ kind }) => kind === 'notice');
    expect(await refusal(pin(true, ada, notice))).toBe('forbidden');
    await useCases.deleteMessage(ada, message);
    expect(await refusal(pin())).toBe('deleted');
    expect(await refusal(pin(true, ada, { ...message, position: 999 } as Message))).toBe('not_found');
  });

  it('is undone by a deletion, which restoring does not undo, and not by an edit', async () => {
    const { pin, pins, useCases, ada, message } = await aWorldWithMessage();
    await pin();
    await useCases.editMessage(ada, { ...message, text: 'second', base: message.revision });
    expect(await pins()).toMatchObject([{ text: 'second' }]);
    await useCases.deleteMessage(ada, message);
    expect(await pins()).toEqual([]);
    expect(await useCases.restoreMessage(ada, message)).toMatchObject({ text: 'second', pin: null });
    expect(await pins()).toEqual([]);
  });
});

describe('view-pins', () => {
  it('answers the pinned messages, the last pinned first, and refuses an outsider', async () => {
    const { pin, pins, say, ada, bob, eve, clock } = await aWorldWithMessage();
    const [second] = await say('second');
    await pin(true, ada, second);
    clock.advance(1_000);
    await pin();
    expect((await pins(bob)).map((one) => one.kind === 'text' && one.text)).toEqual(['first', 'second']);
    expect(await refusal(pins(eve))).toBe('forbidden');
  });
});
