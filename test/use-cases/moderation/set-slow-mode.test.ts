import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('set-slow-mode', () => {
  it('makes members wait between two posts, says so in the chat, and writes it down', async () => {
    const { useCases, storage, clock, broadcast, ada, bob, lobby, say } = await aWorld();
    await useCases.setSlowMode(ada, { chatId: lobby.id, seconds: 90 });
    expect(broadcast.published).toMatchObject([
      { message: { kind: 'notice', text: 'ada turned slow mode on: one message in 90 seconds' } },
    ]);
    const bobSays = () => useCases.postMessage(bob, { chatId: lobby.id, text: 'hello' });
    await bobSays();
    clock.advance(30_000);
    await expect(bobSays()).rejects.toMatchObject({
      ...{ code: 'slow_mode', retryAfterMs: 60_000 },
      message: 'Slow mode: you can write again in 1 minute.',
    });
    await say('the owner', 'may');
    clock.advance(60_000);
    await bobSays();
    await useCases.setSlowMode(ada, { chatId: lobby.id, seconds: 0 });
    await bobSays();
    const acts = await storage.view.acts.list(lobby.id, undefined, 9);
    expect(acts.map(({ act }) => [act.kind, act.changes])).toEqual([
      ['slow_mode_set', [{ aspect: 'slow_mode', before: 90, after: 0 }]],
      ['slow_mode_set', [{ aspect: 'slow_mode', before: 0, after: 90 }]],
    ]);
  });

  it('says nothing when it is so already', async () => {
    const { useCases, broadcast, ada, lobby } = await aWorld();
    await useCases.setSlowMode(ada, { chatId: lobby.id, seconds: 0 });
    expect(broadcast.published).toEqual([]);
  });

  it('exempts moderators, who may set it', async () => {
    const { useCases, ada, bob, lobby } = await aWorld();
    await useCases.setRole(ada, { chatId: lobby.id, userId: bob.user.id, role: 'moderator' });
    await useCases.setSlowMode(bob, { chatId: lobby.id, seconds: 90 });
    for (const text of ['one', 'two']) await useCases.postMessage(bob, { chatId: lobby.id, text });
  });

  it('is refused to an outsider, for whom there is no such chat, and to members', async () => {
    const { useCases, broadcast, bob, eve, lobby } = await aWorld();
    for (const chatId of [lobby.id, UNKNOWN_CHAT])
      expect(await refusal(useCases.setSlowMode(eve, { chatId, seconds: 5 }))).toBe('forbidden');
    expect(await refusal(useCases.setSlowMode(bob, { chatId: lobby.id, seconds: 5 }))).toBe('forbidden');
    expect(broadcast.published).toEqual([]);
  });
});
