import { describe, expect, it } from 'vitest';
import { sessionHandle } from '../../../src/domain/identity/session.ts';
import { sessionId } from '../../../src/domain/ids.ts';
import { aSessionOf, NOW } from '../../builders.ts';
import { DAY } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

/** Ada is signed in on a phone and on a tablet, too. */
async function threeSessions() {
  const world = await aWorld();
  const { ada, storage } = world;
  const phone = aSessionOf(ada.user, { id: sessionId('the phone, which is hers'), seenAt: NOW - 2 });
  const tablet = aSessionOf(ada.user, { id: sessionId('the tablet of the family'), seenAt: NOW - 1 });
  await storage.unitOfWork.run(async ({ sessions }) => {
    await sessions.add(phone);
    await sessions.add(tablet);
  });
  const left = async (user = ada.user) => (await storage.view.sessions.ofUser(user.id)).map(({ id }) => id);
  return { ...world, phone, tablet, left };
}

describe('view-sessions', () => {
  it('lists the own sessions that are still good, the current one first, and none of outsiders', async () => {
    const { useCases, storage, ada, bob, phone, tablet } = await threeSessions();
    const stale = aSessionOf(ada.user, { id: sessionId('forgotten'), seenAt: NOW - 8 * DAY });
    await storage.unitOfWork.run(({ sessions }) => sessions.add(stale));
    const listed = await useCases.viewSessions(ada);
    expect(listed.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
      [ada.credential.id, true],
      [tablet.id, false],
      [phone.id, false],
    ]);
    expect((await useCases.viewSessions(bob)).map(({ id }) => id)).toEqual([bob.credential.id]);
  });
});

describe('end-session', () => {
  it('ends the session with this handle and closes its connections, and no other', async () => {
    const { useCases, broadcast, ada, phone, tablet, left } = await threeSessions();
    expect(await useCases.endSession(ada, sessionHandle(phone))).toBe(false);
    expect(await left()).toEqual(expect.arrayContaining([ada.credential.id, tablet.id]));
    expect(await left()).toHaveLength(2);
    expect(broadcast.published).toEqual([{ type: 'session_ended', userId: ada.user.id, sessionId: phone.id }]);
  });

  it('refuses outsiders as if there were no such session, and ends nothing twice', async () => {
    const { useCases, broadcast, ada, bob, phone, left } = await threeSessions();
    expect(await refusal(useCases.endSession(bob, sessionHandle(phone)))).toBe('not_found');
    expect(await refusal(useCases.endSession(ada, ''))).toBe('not_found');
    expect(await left()).toHaveLength(3);
    expect(broadcast.published).toEqual([]);
    await useCases.endSession(ada, sessionHandle(phone));
    expect(await refusal(useCases.endSession(ada, sessionHandle(phone)))).toBe('not_found');
  });

  it('says when it was the own one', async () => {
    const { useCases, ada } = await threeSessions();
    expect(await useCases.endSession(ada, sessionHandle(ada.credential))).toBe(true);
    expect(await useCases.viewSessions(ada)).toHaveLength(2);
  });

  it('ends all others on request, and those of no outsider', async () => {
    const { useCases, broadcast, ada, bob, left } = await threeSessions();
    expect(await useCases.endOtherSessions(ada)).toBe(2);
    expect(await left()).toEqual([ada.credential.id]);
    expect(await left(bob.user)).toEqual([bob.credential.id]);
    expect(broadcast.published).toHaveLength(2);
    expect(await useCases.endOtherSessions(ada)).toBe(0);
  });

  it('AU-13: asks for a confirmation ten minutes after the sign-in, but for the own session', async () => {
    const { useCases, clock, ada, phone, left } = await threeSessions();
    clock.advance(600_000);
    expect(await refusal(useCases.endSession(ada, sessionHandle(phone)))).toBe('confirmation_needed');
    expect(await refusal(useCases.endOtherSessions(ada))).toBe('confirmation_needed');
    expect(await left()).toHaveLength(3);
    expect(await useCases.endSession(ada, sessionHandle(ada.credential))).toBe(true);
  });

  it('says nothing when the sessions could not be ended', async () => {
    const { useCases, storage, broadcast, ada } = await threeSessions();
    storage.failCommits = true;
    expect(await refusal(useCases.endOtherSessions(ada))).toBe('unavailable');
    expect(broadcast.published).toEqual([]);
  });
});
