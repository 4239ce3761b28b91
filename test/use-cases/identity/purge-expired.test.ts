import { describe, expect, it } from 'vitest';
import { DAY } from '../../fakes.ts';
import { aWorld } from '../world.ts';

describe('purge-expired', () => {
  it('SE-6: removes the sessions and invites whose time is over, and no others', async () => {
    const { useCases, storage, broadcast, clock, ada, bob, eve, lobby } = await aWorld();
    await useCases.createInvite(ada, lobby.id);
    clock.advance(6 * DAY);
    await storage.unitOfWork.run((store) => store.sessions.see(bob.sessionId, clock.now()));
    const { code } = await useCases.createInvite(ada, lobby.id);
    expect(await useCases.purgeExpired()).toEqual({ sessions: 0, invites: 0 });

    clock.advance(DAY);
    expect(await useCases.purgeExpired()).toEqual({ sessions: 2, invites: 1 });
    const ended = [ada, eve].map(({ user, sessionId }) => ({ type: 'session_ended', userId: user.id, sessionId }));
    expect(broadcast.published).toEqual(expect.arrayContaining(ended));
    expect(await storage.view.sessions.find(ada.sessionId)).toBeUndefined();
    expect(await storage.view.sessions.find(bob.sessionId)).toBeDefined();
    expect(await useCases.viewInvite(eve, code)).toMatchObject({ chat: { id: lobby.id } });
    expect(await useCases.purgeExpired()).toEqual({ sessions: 0, invites: 0 });
  });
});
