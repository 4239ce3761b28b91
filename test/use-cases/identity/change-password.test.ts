import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

const [OLD, NEW] = ['correct horse', 'battery staple'];
const FROM = { address: '192.0.2.1', network: '192.0.2.0/24' };

/** Grace is signed in twice. */
async function grace() {
  const world = await aWorld();
  const { useCases } = world;
  const signIn = (password: string) =>
    useCases.authenticate({
      ...{ username: 'grace', password, presentedTokens: [], deviceName: 'curl', deviceTokens: [] },
      ...FROM,
    });
  const actorOf = async (token: string) => {
    const identified = await useCases.identifySession(token);
    if (!identified) throw new Error('The session has ended.');
    return identified.actor;
  };
  const tokens = [(await signIn(OLD)).token, (await signIn(OLD)).token] as const;
  const actor = await actorOf(tokens[0]);
  const change = (next: string, current = OLD) => useCases.changePassword(actor, { current, next, ...FROM });
  const isSignedIn = async (token: string) => (await useCases.identifySession(token)) !== undefined;
  return { ...world, tokens, actor, signIn, change, isSignedIn };
}

describe('change-password', () => {
  it('replaces the password and ends all other sessions', async () => {
    const { change, signIn, isSignedIn, tokens, broadcast } = await grace();
    expect(await change(NEW)).toBe(1);
    expect(await Promise.all(tokens.map(isSignedIn))).toEqual([true, false]);
    const ended = broadcast.published.filter(({ type }) => type !== 'signed_in');
    expect(ended).toEqual([expect.objectContaining({ type: 'session_ended' })]);
    expect(await refusal(signIn(OLD))).toBe('wrong_credentials');
    expect(await isSignedIn((await signIn(NEW)).token)).toBe(true);
  });

  it('is refused to an outsider who has the session and not the password, and then changes nothing', async () => {
    const { change, signIn, isSignedIn, tokens } = await grace();
    expect(await refusal(change(NEW, 'a wrong guess'))).toBe('wrong_password');
    expect(await Promise.all(tokens.map(isSignedIn))).toEqual([true, true]);
    await signIn(OLD);
  });

  it.each([
    ['is short', 'short'],
    ['is common', 'password123'],
    ['is the name', 'GRACE HOPPER'.slice(0, 5)],
    ['is very long', 'x'.repeat(1025)],
  ])('is refused when the new one %s', async (_what, next) => {
    const { change } = await grace();
    expect(await refusal(change(next))).toBe('invalid_password');
  });

  it('is made once of two at the same time', async () => {
    const { change, signIn } = await grace();
    const codes = await Promise.all([refusal(change(NEW)), refusal(change('another one'))]);
    expect(codes.toSorted()).toEqual(['wrong_password', undefined]);
    expect(await refusal(signIn(codes[0] === undefined ? 'another one' : NEW))).toBe('wrong_credentials');
  });

  it('leaves no session of a sign-in with the old password that was under way', async () => {
    const { change, signIn, storage, actor, isSignedIn } = await grace();
    for (let round = 0; round < 20; round += 1) {
      const [current, next] = round % 2 === 0 ? [OLD, NEW] : [NEW, OLD];
      const [late] = await Promise.allSettled([signIn(current), change(next, current)]);
      const survivors = await storage.view.sessions.ofUser(actor.user.id);
      if (late.status === 'fulfilled') expect(await isSignedIn(late.value.token)).toBe(false);
      expect(survivors.map(({ id }) => id)).toEqual([actor.credential.id]);
    }
  });
});
