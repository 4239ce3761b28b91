import { describe, expect, it } from 'vitest';
import { DAY } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

describe('view-invite', () => {
  it('shows what the code opens to an outsider who has it, who stays one', async () => {
    const { useCases, ada, eve, lobby } = await aWorld();
    const { code } = await useCases.createInvite(ada, lobby.id);
    expect(await useCases.viewInvite(eve, code)).toEqual({ chat: lobby, members: 2, isMember: false });
    expect(await refusal(useCases.viewChat(eve, lobby.id))).toBe('forbidden');
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
    const [expired, unknown] = await Promise.allSettled([
      useCases.viewInvite(eve, code),
      useCases.viewInvite(eve, 'unknown'),
    ]);
    expect(expired).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
    expect(unknown).toEqual(expired);
  });
});
