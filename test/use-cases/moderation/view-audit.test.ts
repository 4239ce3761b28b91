import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('view-audit', () => {
  it('pages through what was done, the newest first, and says what can be undone', async () => {
    const { useCases, clock, ada, bob, lobby } = await aWorld();
    const chatId = lobby.id;
    await useCases.setRole(ada, { chatId, userId: bob.user.id, role: 'moderator' });
    await useCases.setSlowMode(bob, { chatId, seconds: 5 });
    await useCases.setSlowMode(ada, { chatId, seconds: 9 });
    const shown = async (by: typeof ada, query = {}) => {
      const { acts, next } = await useCases.viewAudit(by, { chatId, limit: 9, ...query });
      return [acts.map(({ act, actor, mayBeUndone }) => [act.kind, actor.username, mayBeUndone]), next !== undefined];
    };
    const all = [
      ['slow_mode_set', 'ada', true],
      ['slow_mode_set', 'bob', false],
      ['role_set', 'ada', true],
    ];
    expect(await shown(ada)).toEqual([all, false]);
    expect(await shown(bob)).toEqual([all.map(([kind, name]) => [kind, name, false]), false]);
    const { next } = await useCases.viewAudit(ada, { chatId, limit: 2 });
    expect(await shown(ada, { limit: 2 })).toEqual([all.slice(0, 2), true]);
    expect(await shown(ada, { before: next })).toEqual([all.slice(2), false]);
    clock.advance(600_000);
    expect(await shown(ada)).toEqual([all.map(([kind, name]) => [kind, name, false]), false]);
  });

  it('is refused to an outsider, for whom there is no such chat, and to members', async () => {
    const { useCases, bob, eve, lobby } = await aWorld();
    for (const chatId of [lobby.id, UNKNOWN_CHAT])
      expect(await refusal(useCases.viewAudit(eve, { chatId, limit: 9 }))).toBe('forbidden');
    expect(await refusal(useCases.viewAudit(bob, { chatId: lobby.id, limit: 9 }))).toBe('forbidden');
  });
});
