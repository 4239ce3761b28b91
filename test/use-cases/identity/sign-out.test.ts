import { describe, expect, it } from 'vitest';
import { sessionId } from '../../../src/domain/ids.ts';
import { aSessionOf } from '../../builders.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

describe('sign-out', () => {
  it("ends the actor's session and says so, and leaves those of outsiders and other devices", async () => {
    const { useCases, storage, broadcast, ada, bob } = await aWorld();
    const phone = aSessionOf(ada.user, { id: sessionId('on the phone') });
    await storage.unitOfWork.run((store) => store.sessions.add(phone));
    await useCases.signOut(ada);
    expect(await storage.view.sessions.find(ada.credential.id)).toBeUndefined();
    expect(await storage.view.sessions.find(bob.credential.id)).toBeDefined();
    expect(await storage.view.sessions.find(phone.id)).toBeDefined();
    expect(broadcast.published).toEqual([{ type: 'session_ended', userId: ada.user.id, sessionId: ada.credential.id }]);
  });

  it('has ended the session by the time it says so', async () => {
    const { useCases, storage, broadcast, ada } = await aWorld();
    const found: Promise<unknown>[] = [];
    broadcast.subscribeToUser(ada.user.id, () => found.push(storage.view.sessions.find(ada.credential.id)));
    await useCases.signOut(ada);
    expect(await Promise.all(found)).toEqual([undefined]);
  });

  it('says nothing when the session could not be ended', async () => {
    const { useCases, storage, broadcast, ada } = await aWorld();
    storage.failCommits = true;
    expect(await refusal(useCases.signOut(ada))).toBe('unavailable');
    expect(broadcast.published).toEqual([]);
  });
});
