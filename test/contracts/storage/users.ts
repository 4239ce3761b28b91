import { expect, it } from 'vitest';
import { userId } from '../../../src/domain/ids.ts';
import { aUsername, aUsernameKey, insertUser, NOW } from '../../builders.ts';
import { type OpenStorage, opened } from './opened.ts';

export function usersContract(open: OpenStorage): void {
  it('adds a user and finds the credentials by the key', async () => {
    const { unitOfWork, view } = await opened(open);
    const added = await unitOfWork.run((store) =>
      store.users.add({ username: aUsername('Ada'), key: aUsernameKey('ada'), passwordHash: '$hash', createdAt: NOW }),
    );
    expect(added).toEqual({ id: expect.any(Number), username: 'Ada' });
    expect(await view.users.credentialsOf(aUsernameKey('ada'))).toEqual({ user: added, passwordHash: '$hash' });
  });

  it('finds a user by the id, and nobody by an unknown one', async () => {
    const { unitOfWork, view } = await opened(open);
    const ada = await unitOfWork.run((store) => insertUser(store, 'ada'));
    expect(await view.users.find(ada.id)).toEqual(ada);
    expect(await view.users.find(userId(ada.id + 100))).toBeUndefined();
  });

  it('finds nobody under a key that nobody has', async () => {
    const { unitOfWork, view } = await opened(open);
    await unitOfWork.run((store) => insertUser(store, 'ada'));
    expect(await view.users.credentialsOf(aUsernameKey('ad'))).toBeUndefined();
    expect(await view.users.credentialsOf(aUsernameKey('adaa'))).toBeUndefined();
  });

  it('gives users distinct ids that JavaScript counts exactly', async () => {
    const { unitOfWork } = await opened(open);
    const users = await unitOfWork.run(async (store) => [
      await insertUser(store, 'ada'),
      await insertUser(store, 'bob'),
      await insertUser(store, 'cleo'),
    ]);
    const ids = users.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toSatisfy((all: number[]) => all.every((id) => Number.isSafeInteger(id) && id > 0));
  });

  it('adds nobody under a key that is taken, and the unit goes on', async () => {
    const { unitOfWork, view } = await opened(open);
    const ada = await unitOfWork.run((store) => insertUser(store, 'ada'));
    const second = { username: aUsername('ADA'), key: aUsernameKey('ada'), passwordHash: 'other', createdAt: NOW };
    const outcome = await unitOfWork.run(async (store) => ({
      refused: await store.users.add(second),
      bob: await insertUser(store, 'bob'),
    }));
    expect(outcome.refused).toBeUndefined();
    expect((await view.users.credentialsOf(aUsernameKey('ada')))?.user).toEqual(ada);
    expect((await view.users.credentialsOf(aUsernameKey('bob')))?.user).toEqual(outcome.bob);
  });

  it('adds nobody twice within one unit', async () => {
    const { unitOfWork } = await opened(open);
    const user = { username: aUsername('ada'), key: aUsernameKey('ada'), passwordHash: 'hash', createdAt: NOW };
    const outcome = await unitOfWork.run(async (store) => [await store.users.add(user), await store.users.add(user)]);
    expect(outcome).toEqual([{ id: expect.any(Number), username: 'ada' }, undefined]);
  });

  it('lets one of several who take a name at once have it', async () => {
    const { unitOfWork, view } = await opened(open);
    const user = { username: aUsername('ada'), key: aUsernameKey('ada'), passwordHash: 'hash', createdAt: NOW };
    const added = await Promise.all([1, 2, 3].map(() => unitOfWork.run((store) => store.users.add(user))));
    const winners = added.filter((each) => each !== undefined);
    expect(winners).toHaveLength(1);
    expect([(await view.users.credentialsOf(user.key))?.user]).toEqual(winners);
  });

  it('replaces one password hash and no other', async () => {
    const { unitOfWork, view } = await opened(open);
    const { ada, bob } = await unitOfWork.run(async (store) => ({
      ada: await insertUser(store, 'ada'),
      bob: await insertUser(store, 'bob'),
    }));
    const untouched = await view.users.credentialsOf(aUsernameKey('bob'));
    await unitOfWork.run((store) => store.users.setPasswordHash(ada.id, 'new hash'));
    expect(await view.users.credentialsOf(aUsernameKey('ada'))).toEqual({ user: ada, passwordHash: 'new hash' });
    expect(await view.users.credentialsOf(aUsernameKey('bob'))).toEqual(untouched);
    expect(untouched?.user).toEqual(bob);
  });

  it('changes nothing when the hash of an unknown user is set', async () => {
    const { unitOfWork, view } = await opened(open);
    const ada = await unitOfWork.run((store) => insertUser(store, 'ada'));
    await unitOfWork.run((store) => store.users.setPasswordHash(userId(ada.id + 1), 'new hash'));
    await unitOfWork.run((store) => insertUser(store, 'bob'));
    expect((await view.users.credentialsOf(aUsernameKey('ada')))?.passwordHash).toBe("hash of ada's password");
    expect((await view.users.credentialsOf(aUsernameKey('bob')))?.passwordHash).toBe("hash of bob's password");
  });

  it('knows until when people are away, and lists those whose end is to come, the earliest first', async () => {
    const { unitOfWork, view } = await opened(open);
    const [ada, bob, cleo, dan] = await unitOfWork.run(async (store) => {
      const people = [await insertUser(store, 'ada'), await insertUser(store, 'bob'), await insertUser(store, 'cleo')];
      for (const [place, { id }] of people.entries()) await store.users.setAwayUntil(id, NOW + 30 - 10 * place);
      const away = await store.users.away({ after: NOW, limit: 9 });
      expect(away.map(({ until }) => until)).toEqual([NOW + 10, NOW + 20, NOW + 30]);
      await store.users.setAwayUntil(userId(people.length + 100), NOW + 40);
      return [...people, await insertUser(store, 'dan')] as const;
    });
    if (!ada || !bob || !cleo || !dan) throw new Error('Somebody was not added.');
    expect(await view.users.awayUntil(ada.id)).toBe(NOW + 30);
    expect(await view.users.awayUntil(dan.id)).toBeUndefined();
    expect(await view.users.awayUntil(userId(dan.id + 100))).toBeUndefined();
    expect(await view.users.away({ after: NOW + 10, limit: 9 })).toEqual([
      { user: bob, until: NOW + 20 },
      { user: ada, until: NOW + 30 },
    ]);
    expect(await view.users.away({ after: NOW, limit: 1 })).toEqual([{ user: cleo, until: NOW + 10 }]);
    await unitOfWork.run((store) => store.users.setAwayUntil(bob.id, null));
    expect(await view.users.awayUntil(bob.id)).toBeUndefined();
    expect((await view.users.away({ after: 0, limit: 9 })).map(({ user }) => user)).toEqual([cleo, ada]);
  });

  const newcomer = (name: string) => ({
    username: aUsername(name),
    key: aUsernameKey(name),
    passwordHash: 'hash',
    createdAt: NOW,
    undoableUntil: NOW + 7,
  });

  it('knows until when an account may be removed, as long as it is not settled', async () => {
    const { unitOfWork, view } = await opened(open);
    const { ada, bob } = await unitOfWork.run(async (store) => {
      const ada = await store.users.add(newcomer('ada'));
      if (!ada) throw new Error('Ada was not added.');
      return { ada, bob: await insertUser(store, 'bob') };
    });
    expect(await view.users.undoableUntil(ada.id)).toBe(NOW + 7);
    expect(await view.users.undoableUntil(bob.id)).toBeUndefined();
    expect(await view.users.undoableUntil(userId(bob.id + 100))).toBeUndefined();
    const settled = await unitOfWork.run(async (store) => [
      await store.users.settle(ada.id),
      await store.users.settle(bob.id),
      await store.users.settle(userId(bob.id + 100)),
    ]);
    expect(settled).toEqual([true, true, false]);
    expect(await view.users.undoableUntil(ada.id)).toBeUndefined();
  });

  it('removes an account that is not settled, and gives its name, but never its id, to the next', async () => {
    const { unitOfWork, view } = await opened(open);
    const first = await unitOfWork.run((store) => store.users.add(newcomer('ada')));
    if (!first) throw new Error('Ada was not added.');
    const outcome = await unitOfWork.run(async (store) => ({
      removed: await store.users.removeUnsettled(first.id),
      again: await store.users.removeUnsettled(first.id),
      settled: await store.users.settle(first.id),
      found: await store.users.find(first.id),
    }));
    expect(outcome).toEqual({ removed: true, again: false, settled: false, found: undefined });
    expect(await view.users.find(first.id)).toBeUndefined();
    expect(await view.users.credentialsOf(aUsernameKey('ada'))).toBeUndefined();
    const second = await unitOfWork.run((store) => store.users.add(newcomer('ada')));
    expect(second).toEqual({ id: expect.any(Number), username: 'ada' });
    expect(second?.id).not.toBe(first.id);
  });

  it('removes no account that is settled or unknown', async () => {
    const { unitOfWork, view } = await opened(open);
    const ada = await unitOfWork.run((store) => insertUser(store, 'ada'));
    const removed = await unitOfWork.run(async (store) => [
      await store.users.removeUnsettled(ada.id),
      await store.users.removeUnsettled(userId(ada.id + 100)),
    ]);
    expect(removed).toEqual([false, false]);
    expect(await view.users.find(ada.id)).toEqual(ada);
  });
}
