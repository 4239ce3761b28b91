import { describe, expect, it } from 'vitest';
import type { UserId } from '../../../src/domain/ids.ts';
import { DAY, HOUR } from '../../fakes.ts';
import { aWorld, type World } from '../world.ts';

async function signedIn(): Promise<World & { readonly token: string; readonly userId: UserId }> {
  const world = await aWorld();
  const signIn = {
    username: 'grace',
    password: 'correct horse',
    presentedTokens: [],
    address: '192.0.2.1',
    network: '192.0.2.0/24',
    deviceName: 'Firefox on Linux',
    deviceTokens: [],
  };
  const { token, user } = await world.useCases.authenticate(signIn);
  return { ...world, token, userId: user.id };
}

describe('identify-session', () => {
  it('knows whose token it is, and that an outsider has none', async () => {
    const { useCases, token } = await signedIn();
    expect((await useCases.identifySession(token))?.actor.user.username).toBe('grace');
    for (const made of ['', 'token', `${token} `, token.toUpperCase()]) {
      expect(await useCases.identifySession(made)).toBeUndefined();
    }
  });

  it('does not take the stored id of a session for its token', async () => {
    const { useCases, token, secrets } = await signedIn();
    expect(await useCases.identifySession(secrets.digest(token))).toBeUndefined();
  });

  it('forgets a session that was idle for seven days', async () => {
    const { useCases, token, clock } = await signedIn();
    clock.advance(7 * DAY - 1);
    expect(await useCases.identifySession(token)).toBeDefined();
    clock.advance(7 * DAY);
    expect(await useCases.identifySession(token)).toBeUndefined();
  });

  it('forgets a session after thirty days, however busy it was', async () => {
    const { useCases, token, clock } = await signedIn();
    for (let day = 1; day < 30; day += 1) {
      clock.advance(DAY);
      expect(await useCases.identifySession(token)).toBeDefined();
    }
    clock.advance(DAY - 1);
    expect(await useCases.identifySession(token)).toBeDefined();
    clock.advance(1);
    expect(await useCases.identifySession(token)).toBeUndefined();
  });

  it('SE-6: is prolonged, and written down, once an hour at most', async () => {
    const { useCases, token, clock, storage, userId } = await signedIn();
    const seenAt = () =>
      storage.unitOfWork.run(async (store) => (await store.sessions.ofUser(userId)).map((session) => session.seenAt));
    const start = clock.now();
    clock.advance(HOUR - 1);
    expect((await useCases.identifySession(token))?.prolonged).toBe(false);
    expect(await seenAt()).toEqual([start]);
    clock.advance(1);
    expect((await useCases.identifySession(token))?.prolonged).toBe(true);
    expect(await seenAt()).toEqual([start + HOUR]);
    expect((await useCases.identifySession(token))?.prolonged).toBe(false);
  });

  it('does not shorten a session when the clock steps back', async () => {
    const { useCases, token, clock } = await signedIn();
    clock.advance(-2 * HOUR);
    expect((await useCases.identifySession(token))?.prolonged).toBe(false);
    clock.advance(7 * DAY);
    expect(await useCases.identifySession(token)).toBeDefined();
  });

  it('still knows who it is when nothing can be written at the moment', async () => {
    const { useCases, token, clock, storage } = await signedIn();
    clock.advance(HOUR);
    storage.failCommits = true;
    expect(await useCases.identifySession(token)).toMatchObject({ prolonged: false });
    storage.failCommits = false;
    expect(await useCases.identifySession(token)).toMatchObject({ prolonged: true });
  });
});
