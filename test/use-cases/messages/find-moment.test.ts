import { describe, expect, it } from 'vitest';
import { NOW } from '../../builders.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

/** Messages that were sent so many milliseconds after the first one. */
async function aWorldWithMessages(...times: readonly number[]) {
  const world = await aWorld();
  let now = 0;
  for (const time of times) {
    world.clock.advance(time - now);
    now = time;
    await world.say(`at ${time}`);
  }
  const find = async (at: number) =>
    (await world.useCases.findMoment(world.bob, { chatId: world.lobby.id, at: NOW + at })).position;
  return { ...world, find };
}

describe('find-moment', () => {
  it('finds the first message at or after a moment, the newest one when there is none, and refuses an outsider', async () => {
    const { find, useCases, eve, lobby } = await aWorldWithMessages(0, 10, 20, 20, 30);
    expect(await find(-5)).toBe(1);
    expect(await find(0)).toBe(1);
    expect(await find(1)).toBe(2);
    expect(await find(20)).toBe(3);
    expect(await find(21)).toBe(5);
    expect(await find(31)).toBe(5);
    expect(await refusal(useCases.findMoment(eve, { chatId: lobby.id, at: NOW }))).toBe('forbidden');
    expect(await refusal(useCases.findMoment(eve, { chatId: UNKNOWN_CHAT, at: NOW }))).toBe('forbidden');
  });

  it('looks past revisions that are no messages, since they are changes of messages', async () => {
    const world = await aWorldWithMessages(0, 10);
    const { useCases, ada, lobby, find } = world;
    const [message] = await world.storage.view.messages.before(lobby.id, undefined, 1);
    if (!message) throw new Error('There are two.');
    for (let n = 3; n < 20; n += 1)
      await useCases.editMessage(ada, { ...message, text: `edit ${n}`, base: (n - 1) as typeof message.revision });
    world.clock.advance(10);
    const [last] = await world.say('at 20');
    expect(await find(11)).toBe(last?.position);
    expect(await find(10)).toBe(2);
    expect(await find(99)).toBe(last?.position);
  });

  it('finds nothing in a chat without messages', async () => {
    const { find } = await aWorldWithMessages();
    expect(await refusal(find(0))).toBe('not_found');
  });

  it('reads a few messages of a long chat', async () => {
    const world = await aWorldWithMessages(...Array.from({ length: 1_000 }, (_, n) => n));
    const { messages } = world.storage.view;
    const { after } = messages;
    let reads = 0;
    messages.after = (...asked) => {
      reads += 1;
      return after(...asked);
    };
    expect(await world.find(500)).toBe(501);
    expect(reads).toBeLessThan(12);
  });
});
