import { describe, expect, it } from 'vitest';
import { DAY } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

describe('view-invite', () => {
  it('shows what the code opens to an outsider who has it, who stays one', async () => {
    const { useCases, ada, eve, lobby } = await aWorld();
    const { code } = await useCases.createInvite(ada, lobby.id);
    expect(await useCases.viewInvite(eve, code)).toEqual({
      chat: lobby,
      invitedBy: ada.user,
      members: 2,
      isMember: false,
    });
    expect(await refusal(useCases.viewChat(eve, lobby.id))).toBe('forbidden');
  });

  it('shows the same to a visitor who is signed out', async () => {
    const { useCases, bob, lobby } = await aWorld();
    const { code } = await useCases.createInvite(bob, lobby.id);
    const viewed = await useCases.viewInvite(undefined, code);
    expect(viewed).toEqual({ chat: lobby, invitedBy: bob.user, members: 2, isMember: false });
  });

  it('tells a member that they are one', async () => {
    const { useCases, ada, bob, lobby } = await aWorld();
    const { code } = await useCases.createInvite(ada, lobby.id);
    expect(await useCases.viewInvite(bob, code)).toMatchObject({ isMember: true });
  });

  it('says the same of an expired code as of an unknown one', async () => {
    const { useCases, clock, ada, eve, lobby } = await aWorld();
    const { code } = await useCases.createInvite(ada, lobby.id);
    clock.advance(7 * DAY);
    for (const viewer of [eve, undefined]) {
      const [expired, unknown] = await Promise.allSettled([
        useCases.viewInvite(viewer, code),
        useCases.viewInvite(viewer, 'unknown'),
      ]);
      expect(expired).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
      expect(unknown).toEqual(expired);
    }
  });
});
