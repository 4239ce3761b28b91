import { describe, expect, it } from 'vitest';
import { inviteId } from '../../../src/domain/chats/invite.ts';
import { DAY } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('create-invite', () => {
  it('gives every member a code for seven days, and an outsider none', async () => {
    const { useCases, clock, ada, bob, eve, lobby } = await aWorld();
    for (const member of [ada, bob]) {
      expect((await useCases.createInvite(member, lobby.id)).expiresAt).toBe(clock.now() + 7 * DAY);
    }
    expect(await refusal(useCases.createInvite(eve, lobby.id))).toBe('forbidden');
    expect(await refusal(useCases.createInvite(eve, UNKNOWN_CHAT))).toBe('forbidden');
  });

  it('gives another code each time', async () => {
    const { useCases, ada, lobby } = await aWorld();
    const [one, other] = [await useCases.createInvite(ada, lobby.id), await useCases.createInvite(ada, lobby.id)];
    expect(other.code).not.toBe(one.code);
  });

  it('stores the digest of the code, and not the code', async () => {
    const { useCases, storage, secrets, ada, lobby } = await aWorld();
    const { code } = await useCases.createInvite(ada, lobby.id);
    expect(await storage.view.invites.find(inviteId(secrets.digest(code)))).toMatchObject({ chatId: lobby.id });
    expect(await storage.view.invites.find(inviteId(code))).toBeUndefined();
  });
});
