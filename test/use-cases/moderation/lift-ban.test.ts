import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

async function withoutBob() {
  const world = await aWorld();
  const { useCases, ada, bob, lobby } = world;
  const banned = { chatId: lobby.id, userId: bob.user.id };
  await useCases.banMember(ada, { ...banned, reason: 'spam', hours: 1 });
  return { ...world, banned };
}

describe('lift-ban', () => {
  it('lets the person come back by an invite that was made after the removal, and by no older one', async () => {
    const { useCases, storage, clock, ada, bob, eve, lobby } = await aWorld();
    const { code: older } = await useCases.createInvite(ada, lobby.id);
    clock.advance(1);
    const banned = { chatId: lobby.id, userId: bob.user.id };
    await useCases.banMember(ada, { ...banned, reason: 'spam' });
    const { code: later } = await useCases.createInvite(ada, lobby.id);
    await useCases.redeemInvite(eve, later);
    await useCases.setRole(ada, { chatId: lobby.id, userId: eve.user.id, role: 'moderator' });
    await useCases.liftBan(eve, banned);
    expect(await refusal(useCases.redeemInvite(bob, older))).toBe('not_found');
    expect(await refusal(useCases.viewInvite(bob, older))).toBe('not_found');
    expect(await useCases.redeemInvite(bob, later)).toBe(lobby.id);
    const [lifted] = await storage.view.acts.list(lobby.id, undefined, 1);
    expect(lifted).toMatchObject({ actor: eve.user, target: bob.user, act: { kind: 'unbanned' } });
  });

  it('finds no ban that is over or lifted', async () => {
    const { useCases, clock, ada, banned } = await withoutBob();
    clock.advance(3_600_000);
    expect(await refusal(useCases.liftBan(ada, banned))).toBe('not_found');
    await useCases.banMember(ada, { ...banned, reason: 'spam' });
    await useCases.liftBan(ada, banned);
    expect(await refusal(useCases.liftBan(ada, banned))).toBe('not_found');
  });

  it('is refused to an outsider, for whom there is no such chat, and to the banned person', async () => {
    const { useCases, bob, eve, banned } = await withoutBob();
    for (const chatId of [banned.chatId, UNKNOWN_CHAT])
      for (const actor of [eve, bob])
        expect(await refusal(useCases.liftBan(actor, { ...banned, chatId }))).toBe('forbidden');
  });
});
