import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('assert-may-follow', () => {
  it('lets members pass, and refuses an outsider as if there were no such chat', async () => {
    const { useCases, ada, bob, eve, lobby } = await aWorld();
    expect(await refusal(useCases.assertMayFollow(ada, lobby.id))).toBeUndefined();
    expect(await refusal(useCases.assertMayFollow(bob, lobby.id))).toBeUndefined();
    expect(await refusal(useCases.assertMayFollow(eve, lobby.id))).toBe('forbidden');
    expect(await refusal(useCases.assertMayFollow(eve, UNKNOWN_CHAT))).toBe('forbidden');
  });
});
