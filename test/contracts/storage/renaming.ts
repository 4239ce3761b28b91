import { expect, it } from 'vitest';
import type { Store } from '../../../src/application/ports/store.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { restsUntil } from '../../../src/domain/identity/renaming.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import { userId } from '../../../src/domain/ids.ts';
import { aUsername, aUsernameKey, insertMessage, insertUser, NOW } from '../../builders.ts';
import { DAY } from '../../fakes.ts';
import { type OpenStorage, opened, openedWithChat } from './opened.ts';

const nameOf = (name: string, { id }: Pick<User, 'id'>, renamedAt = NOW) => ({
  ...{ id, username: aUsername(name), key: aUsernameKey(name), renamedAt, restsUntil: restsUntil(renamedAt) },
});

const newcomer = (name: string, createdAt = NOW) => ({
  ...{ username: aUsername(name), key: aUsernameKey(name), passwordHash: 'hash', createdAt },
});

export function renamingContract(open: OpenStorage): void {
  it('gives a user another name, under which everything shows them from then on', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    await unitOfWork.run((store) => insertMessage(store, chat, ada));
    const renamed = await unitOfWork.run((store) => store.users.rename(nameOf('Lovelace', ada)));
    const user = { id: ada.id, username: 'Lovelace' };
    expect(renamed).toEqual({ user, rename: 1, renamedAt: NOW });
    expect(await view.users.find(ada.id)).toEqual(user);
    expect(await view.users.credentialsOf(aUsernameKey('ada'))).toBeUndefined();
    const credentials = { user, passwordHash: "hash of ada's password" };
    expect(await view.users.credentialsOf(aUsernameKey('lovelace'))).toEqual(credentials);
    expect(await view.users.credentialsById(ada.id)).toEqual(credentials);
    expect(await view.users.credentialsById(userId(ada.id + 100))).toBeUndefined();
    const [message] = await view.messages.changedAfter(chat.id, revision(0), 9);
    expect(message?.author).toEqual(user);
    expect((await view.chats.summary(chat.id))?.last?.author).toEqual(user);
    expect((await view.members.list(chat.id, undefined, 9)).map((member) => member.user.username)).toContain(
      'Lovelace',
    );
  });

  it('numbers the renames of the installation, and tells those after a number and since a moment', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    expect([await view.users.lastRename(), await view.users.renamed({ after: 0, since: 0, limit: 9 })]).toEqual([
      0,
      [],
    ]);
    await unitOfWork.run((store) => store.users.rename(nameOf('ada2', ada, NOW)));
    await unitOfWork.run((store) => store.users.rename(nameOf('bob2', bob, NOW + 1)));
    await unitOfWork.run((store) => store.users.rename(nameOf('ada3', ada, NOW + 2)));
    expect(await view.users.lastRename()).toBe(3);
    const renamed = async (after: number, since: number, limit = 9) =>
      (await view.users.renamed({ after, since, limit })).map(({ user, rename }) => [user.username, rename]);
    expect(await renamed(0, 0)).toEqual([
      ['bob2', 2],
      ['ada3', 3],
    ]);
    expect(await renamed(2, 0)).toEqual([['ada3', 3]]);
    expect(await renamed(0, NOW + 2)).toEqual([['ada3', 3]]);
    expect(await renamed(0, 0, 1)).toEqual([['bob2', 2]]);
  });

  it('gives no name that another user has, and no name to an unknown user', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const outcome = await unitOfWork.run(async (store) => [
      await store.users.rename(nameOf('BOB', ada)),
      await store.users.rename(nameOf('cleo', { id: userId(bob.id + 100) })),
    ]);
    expect(outcome).toEqual([undefined, undefined]);
    expect(await view.users.find(ada.id)).toEqual(ada);
    expect((await view.users.credentialsOf(aUsernameKey('bob')))?.user).toEqual(bob);
    expect(await view.users.renamed({ after: 0, since: 0, limit: 9 })).toEqual([]);
  });

  it('lets the former name rest for everybody but the one who had it', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    await unitOfWork.run((store) => store.users.rename(nameOf('lovelace', ada)));
    const tried = await unitOfWork.run(async (store) => [
      await store.users.add(newcomer('ADA')),
      await store.users.rename(nameOf('Ada', bob)),
    ]);
    expect(tried).toEqual([undefined, undefined]);
    const back = await unitOfWork.run((store) => store.users.rename(nameOf('Ada', ada)));
    expect(back?.user.username).toBe('Ada');
    const [other, own] = await unitOfWork.run(async (store) => [
      await store.users.add(newcomer('lovelace')),
      await store.users.rename(nameOf('ada', ada)),
    ]);
    expect(other).toBeUndefined();
    expect(own?.user.username).toBe('ada');
    expect(await view.users.find(bob.id)).toEqual(bob);
  });

  it('lets no name rest that differs from the new one in its spelling only', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    await unitOfWork.run((store) => store.users.rename(nameOf('ADA', ada)));
    expect((await view.users.credentialsOf(aUsernameKey('ada')))?.user.username).toBe('ADA');
    await unitOfWork.run((store) => store.users.rename(nameOf('lovelace', ada)));
    await unitOfWork.run((store) => store.users.rename(nameOf('ada', ada)));
    expect(await unitOfWork.run((store) => store.users.rename(nameOf('lovelace', bob)))).toBeUndefined();
  });

  it('gives a name away once its rest is over, whether it is forgotten or not', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    await unitOfWork.run((store) => store.users.rename(nameOf('ada2', ada)));
    await unitOfWork.run((store) => store.users.rename(nameOf('ada3', ada, NOW + DAY)));
    const end = restsUntil(NOW);
    expect(end).toBe(NOW + 90 * DAY);
    const early = (store: Store) => store.users.add(newcomer('ada', end - 1));
    expect(await unitOfWork.run(early)).toBeUndefined();
    expect((await unitOfWork.run((store) => store.users.rename(nameOf('ada', bob, end))))?.user.username).toBe('ada');
    // Bob has it, and his former name rests for him.
    expect(await unitOfWork.run((store) => store.users.add(newcomer('bob', end)))).toBeUndefined();
    expect(await unitOfWork.run((store) => store.users.removeRested(end + DAY - 1))).toBe(0);
    expect(await unitOfWork.run((store) => store.users.removeRested(end + DAY))).toBe(1);
    expect((await unitOfWork.run((store) => store.users.add(newcomer('ada2', NOW + DAY))))?.username).toBe('ada2');
    expect((await view.users.credentialsOf(aUsernameKey('ada')))?.user.id).toBe(bob.id);
  });

  it('changes nothing where the unit fails', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const failing = unitOfWork.run(async (store) => {
      await store.users.rename(nameOf('lovelace', ada));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await view.users.find(ada.id)).toEqual(ada);
    expect(await view.users.lastRename()).toBe(0);
    expect((await unitOfWork.run((store) => store.users.rename(nameOf('lovelace', bob))))?.rename).toBe(1);
  });

  it('AU-8: gives a name that several want at once to exactly one of them, fifty times', async () => {
    const { unitOfWork, view } = await opened(open);
    const people = await unitOfWork.run(async (store) => [
      ...[await insertUser(store, 'ada'), await insertUser(store, 'bob'), await insertUser(store, 'cleo')],
    ]);
    for (let round = 0; round < 50; round += 1) {
      const wanted = `name-${round}`;
      const added = unitOfWork.run((store) => store.users.add(newcomer(wanted)));
      const renames = people.map((one) => unitOfWork.run((store) => store.users.rename(nameOf(wanted, one))));
      const [registered, ...renamed] = await Promise.all([added, ...renames]);
      const winners = [registered, ...renamed.map((one) => one?.user)].filter((one) => one !== undefined);
      expect(winners).toHaveLength(1);
      expect((await view.users.credentialsOf(aUsernameKey(wanted)))?.user).toEqual(winners[0]);
    }
  });

  it('tells which of some users are in a chat with a user', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const cleo = await unitOfWork.run((store) => insertUser(store, 'cleo'));
    const ids = [bob.id, cleo.id, userId(cleo.id + 100)];
    expect(await view.members.companions(ada.id, ids)).toEqual([bob]);
    expect(await view.members.companions(cleo.id, [ada.id, bob.id, cleo.id])).toEqual([]);
    expect(await view.members.companions(ada.id, [])).toEqual([]);
  });
}
