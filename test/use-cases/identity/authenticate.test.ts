import { describe, expect, it } from 'vitest';
import { SESSIONS_PER_USER } from '../../../src/domain/identity/session.ts';
import { username, usernameKey } from '../../../src/domain/identity/username.ts';
import { sessionId } from '../../../src/domain/ids.ts';
import { aUsernameKey, NOW } from '../../builders.ts';
import { HOUR } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';

const PASSWORD = 'correct horse';

const signIn = (world: World, username: string, password = PASSWORD, ...presentedTokens: readonly string[]) =>
  world.useCases.authenticate({
    username,
    password,
    presentedTokens,
    address: '192.0.2.1',
    network: '192.0.2.0/24',
    deviceName: 'Firefox on Linux',
    deviceTokens: [],
  });

const userOf = async (world: World, token: string) => (await world.useCases.identifySession(token))?.actor.user;

describe('authenticate: a new name', () => {
  it('is registered, as it is shown, and signed in', async () => {
    const world = await aWorld();
    const { user, token } = await signIn(world, '  Grace ');
    expect(user.username).toBe('Grace');
    expect(await userOf(world, token)).toEqual(user);
    const stored = await world.storage.view.users.credentialsOf(aUsernameKey('grace'));
    expect(stored).toEqual({ user, passwordHash: `instant:1:${PASSWORD}` });
  });

  it('is one name in capitals, in small letters and in full width', async () => {
    const world = await aWorld();
    const { user } = await signIn(world, 'Grace');
    for (const name of ['grace', 'GRACE', 'ｇrace']) expect((await signIn(world, name)).user).toEqual(user);
  });

  it.each([
    ['a name with a colon', 'a:b', PASSWORD, 'invalid_username'],
    ['an empty name', '', PASSWORD, 'invalid_username'],
    ['a name with a noncharacter', 'grace\uffff', PASSWORD, 'invalid_username'],
    ['a short password', 'grace', 'short', 'invalid_password'],
    ['a long password', 'grace', 'x'.repeat(1025), 'invalid_password'],
    ['a common password', 'grace', 'Password123', 'invalid_password'],
    ['the name as password', 'Grace Hopper', 'grace hopper', 'invalid_password'],
  ])('is refused before hashing: %s', async (_what, username, password, code) => {
    const world = await aWorld();
    expect(await refusal(signIn(world, username, password))).toBe(code);
    expect(world.passwordHasher.hashed).toEqual([]);
  });

  it('goes to one of two who register it at once, and the other is refused', async () => {
    const world = await aWorld();
    const passwords = ['password one', 'password two'];
    const codes = await Promise.all(passwords.map((password) => refusal(signIn(world, 'grace', password))));
    expect(codes.toSorted()).toEqual(['wrong_credentials', undefined]);
    expect(world.passwordHasher.hashed).toEqual(passwords);
    const winner = passwords[codes.indexOf(undefined)];
    const stored = await world.storage.view.users.credentialsOf(aUsernameKey('grace'));
    expect(stored?.passwordHash).toMatch(new RegExp(`^instant:[12]:${winner}$`));
  });

  it('makes one user of two who register it at once with one password', async () => {
    const world = await aWorld();
    const [one, other] = await Promise.all([signIn(world, 'grace'), signIn(world, 'grace')]);
    expect(other.user).toEqual(one.user);
    expect(other.token).not.toBe(one.token);
  });

  it('is refused like a wrong password when registration is closed, and a known name is let in', async () => {
    const world = await aWorld({ registration: 'closed' });
    expect(await refusal(signIn(world, 'grace'))).toBe('wrong_credentials');
    expect(await world.storage.view.users.credentialsOf(aUsernameKey('grace'))).toBeUndefined();
    await setPassword(world, 'instant:correct horse');
    expect((await signIn(world, 'ada')).user).toEqual(world.ada.user);
    expect(await refusal(signIn(world, 'ada', 'wrong password'))).toBe('wrong_credentials');
  });
});

describe('authenticate: a known name', () => {
  it('is refused to an outsider who does not know the password, and begins no session', async () => {
    const world = await aWorld();
    const { user } = await signIn(world, 'grace');
    expect(await refusal(signIn(world, 'grace', `${PASSWORD} `))).toBe('wrong_credentials');
    expect(await sessionsOf(world, user.id)).toHaveLength(1);
    expect((await signIn(world, 'grace')).user).toEqual(user);
    expect(await sessionsOf(world, user.id)).toHaveLength(2);
  });

  it('gets a new token each time, and earlier ones stay good', async () => {
    const world = await aWorld();
    const [one, two] = [await signIn(world, 'grace'), await signIn(world, 'grace')];
    expect(two.token).not.toBe(one.token);
    expect(await userOf(world, one.token)).toEqual(await userOf(world, two.token));
  });

  it('has its hash renewed when that was made with other parameters', async () => {
    const world = await aWorld();
    await setPassword(world, 'ancient:correct horse');
    await signIn(world, 'ada');
    const stored = await world.storage.view.users.credentialsOf(aUsernameKey('ada'));
    expect(stored?.passwordHash).toBe('instant:1:correct horse');
    await signIn(world, 'ada');
    expect(world.passwordHasher.hashed).toEqual([PASSWORD]);
  });

  it('is let in with a short password that came with the account of the original app, and keeps it', async () => {
    const world = await aWorld();
    await setPassword(world, 'ancient:tiny');
    expect((await signIn(world, 'ada', 'tiny')).user).toEqual(world.ada.user);
    const stored = await world.storage.view.users.credentialsOf(aUsernameKey('ada'));
    expect(stored?.passwordHash).toBe('instant:1:tiny');
    expect((await signIn(world, 'ada', 'tiny')).user).toEqual(world.ada.user);
  });

  it('is let in with a common password, or with the name itself, that an old account has', async () => {
    const world = await aWorld();
    for (const password of ['password', 'ada']) {
      await setPassword(world, `ancient:${password}`);
      expect((await signIn(world, 'ada', password)).user).toEqual(world.ada.user);
    }
  });

  it('is let in with a name that a new account could not have', async () => {
    const world = await aWorld();
    const name = username('\ue000\uffff');
    const old = { username: name, key: usernameKey(name), passwordHash: `instant:${PASSWORD}`, createdAt: NOW };
    const user = await world.storage.unitOfWork.run((store) => store.users.add(old));
    expect((await signIn(world, name)).user).toEqual(user);
  });

  it.each(['open', 'closed'] as const)(
    'is not told from an unknown one by a short password: %s',
    async (registration) => {
      const world = await aWorld({ registration });
      const verified: string[] = [];
      const { verify, verifyNothing } = world.passwordHasher;
      world.passwordHasher.verify = (hash, guess) => {
        verified.push('ada');
        return verify(hash, guess);
      };
      world.passwordHasher.verifyNothing = (guess) => {
        verified.push('nobody');
        return verifyNothing(guess);
      };
      const known = await signIn(world, 'ada', 'tiny').catch((error: unknown) => error);
      const unknown = await signIn(world, 'grace', 'tiny').catch((error: unknown) => error);
      expect(unknown).toEqual(known);
      expect(unknown).toMatchObject({ code: 'invalid_password' });
      expect(verified).toEqual(['ada', 'nobody']);
    },
  );

  it('keeps an outdated hash when the password is wrong', async () => {
    const world = await aWorld();
    await setPassword(world, 'ancient:correct horse');
    expect(await refusal(signIn(world, 'ada', 'wrong password'))).toBe('wrong_credentials');
    const stored = await world.storage.view.users.credentialsOf(aUsernameKey('ada'));
    expect(stored?.passwordHash).toBe('ancient:correct horse');
  });
});

describe('authenticate: sessions', () => {
  it('ends the session that was presented, whosever it was, and says so', async () => {
    const world = await aWorld();
    const before = await signIn(world, 'grace');
    const after = await signIn(world, 'hedy', PASSWORD, before.token);
    expect(await userOf(world, before.token)).toBeUndefined();
    expect(await userOf(world, after.token)).toEqual(after.user);
    const ended = { userId: before.user.id, sessionId: sessionId(world.secrets.digest(before.token)) };
    expect(world.broadcast.published).toEqual([{ type: 'session_ended', ...ended }]);
  });

  it('ends every session that was presented', async () => {
    const world = await aWorld();
    const [planted, own] = [await signIn(world, 'grace'), await signIn(world, 'hedy')];
    const after = await signIn(world, 'hedy', PASSWORD, planted.token, 'unknown', own.token);
    expect(await userOf(world, planted.token)).toBeUndefined();
    expect(await userOf(world, own.token)).toBeUndefined();
    expect(after.ended).toBe(2);
  });

  it('leaves the session that was presented alone when the password is wrong', async () => {
    const world = await aWorld();
    const { user, token } = await signIn(world, 'grace');
    await refusal(signIn(world, 'grace', 'wrong password', token));
    expect(await userOf(world, token)).toEqual(user);
    expect(world.broadcast.published).toEqual([]);
  });

  it('never adopts a token that was presented, and says nothing when there was no such session', async () => {
    const world = await aWorld();
    const { token } = await signIn(world, 'grace', PASSWORD, 'planted');
    expect(token).not.toBe('planted');
    expect(await userOf(world, 'planted')).toBeUndefined();
    expect(world.broadcast.published).toEqual([]);
  });

  it.each([
    ['as time goes on', 1000],
    ['in one moment', 0],
    ['while the clock steps back', -HOUR],
  ])('ends the oldest, never the new one, when there are too many: %s', async (_when, step) => {
    const world = await aWorld();
    const tokens: string[] = [];
    for (let count = 0; count <= SESSIONS_PER_USER; count += 1) {
      world.clock.advance(count === SESSIONS_PER_USER ? step : Math.max(step, 0));
      tokens.push((await signIn(world, 'grace')).token);
    }
    const good = await Promise.all(tokens.map(async (token) => (await userOf(world, token)) !== undefined));
    expect(good.filter(Boolean)).toHaveLength(SESSIONS_PER_USER);
    expect(good.at(-1)).toBe(true);
    expect(world.broadcast.published.filter(({ type }) => type === 'session_ended')).toHaveLength(1);
    if (step > 0) expect(good[0]).toBe(false);
  });

  it('begins none, and ends none, when it cannot be stored', async () => {
    const world = await aWorld();
    const { user, token } = await signIn(world, 'grace');
    world.storage.failCommits = true;
    expect(await refusal(signIn(world, 'grace', PASSWORD, token))).toBe('unavailable');
    world.storage.failCommits = false;
    expect(await userOf(world, token)).toEqual(user);
    expect(world.broadcast.published).toEqual([]);
  });
});

function setPassword(world: World, passwordHash: string): Promise<void> {
  return world.storage.unitOfWork.run((store) => store.users.setPasswordHash(world.ada.user.id, passwordHash));
}

function sessionsOf(world: World, user: World['ada']['user']['id']) {
  return world.storage.unitOfWork.run((store) => store.sessions.ofUser(user));
}
