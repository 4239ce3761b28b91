import { expect, it } from 'vitest';
import { userId } from '../../../src/domain/ids.ts';
import { aUsername, aUsernameKey, insertUser, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, opened, openedWithChat } from './opened.ts';

const UNKNOWN = userId(999);

export function administrationContract(open: OpenStorage): void {
  it('knows whether there is any account', async () => {
    const { unitOfWork, view } = await opened(open);
    expect(await view.administration.hasPeople()).toBe(false);
    const { id } = await unitOfWork.run(async ({ users }) => {
      const named = { username: aUsername('ada'), key: aUsernameKey('ada') };
      const added = await users.add({ ...named, passwordHash: 'hash', createdAt: NOW, undoableUntil: NOW + 1 });
      if (!added) throw new Error('The name is taken.');
      return added;
    });
    expect(await view.administration.hasPeople()).toBe(true);
    await unitOfWork.run(({ users }) => users.removeUnsettled(id));
    expect(await view.administration.hasPeople()).toBe(false);
    expect(await view.administration.standing(id)).toBeUndefined();
  });

  it('answers the standing of an account, by id and by name, inside the unit too', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const usual = { user: ada, administratorSince: null, deactivatedAt: null };
    expect(await view.administration.standing(ada.id)).toEqual(usual);
    const inside = await unitOfWork.run(async ({ administration }) => {
      await administration.lock();
      await administration.setAdministrator(ada.id, NOW);
      await administration.setDeactivated(ada.id, NOW + 1);
      return administration.standing(ada.id);
    });
    const changed = { user: ada, administratorSince: NOW, deactivatedAt: NOW + 1 };
    expect(inside).toEqual(changed);
    expect(await view.administration.standing(ada.id)).toEqual(changed);
    expect(await view.administration.standingOf(aUsernameKey('ada'))).toEqual(changed);
    expect(await view.administration.standing(bob.id)).toEqual({ ...usual, user: bob });
    await unitOfWork.run(async ({ administration }) => {
      await administration.setAdministrator(ada.id, null);
      await administration.setDeactivated(ada.id, null);
    });
    expect(await view.administration.standing(ada.id)).toEqual(usual);
  });

  it('knows nothing of unknown accounts, and changes nothing for them', async () => {
    const { unitOfWork, view } = await openedWithChat(open);
    await unitOfWork.run(async ({ administration }) => {
      await administration.setAdministrator(UNKNOWN, NOW);
      await administration.setDeactivated(UNKNOWN, NOW);
    });
    expect(await view.administration.standing(UNKNOWN)).toBeUndefined();
    expect(await view.administration.standingOf(aUsernameKey('nobody'))).toBeUndefined();
    expect(await view.administration.administrators()).toEqual([]);
  });

  it('lists administrators by id, and the deactivated among some', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const cyd = await unitOfWork.run(async (store) => {
      const added = await insertUser(store, 'cyd');
      await store.administration.setAdministrator(added.id, NOW + 2);
      await store.administration.setAdministrator(ada.id, NOW + 3);
      await store.administration.setDeactivated(bob.id, NOW);
      await store.administration.setDeactivated(added.id, NOW);
      return added;
    });
    expect((await view.administration.administrators()).map(({ user }) => user)).toEqual([ada, cyd]);
    const { deactivatedAmong } = view.administration;
    expect((await deactivatedAmong([ada.id, bob.id, cyd.id, UNKNOWN])).toSorted()).toEqual([bob.id, cyd.id]);
    expect(await deactivatedAmong([ada.id])).toEqual([]);
    expect(await deactivatedAmong([])).toEqual([]);
  });

  it('answers the acts, the latest first, page by page', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    await unitOfWork.run(async ({ administration }) => {
      await administration.addAct({ kind: 'grant', by: null, about: ada.id, detail: '', at: NOW });
      await administration.addAct({ kind: 'deactivate', by: ada.id, about: bob.id, detail: '', at: NOW + 1 });
      await administration.addAct({ kind: 'drop_job', by: ada.id, about: null, detail: 'scrub', at: NOW });
    });
    const acts = await view.administration.acts({ before: undefined, limit: 2 });
    expect(acts.map(({ place: _, ...act }) => act)).toEqual([
      { kind: 'drop_job', by: ada, about: null, detail: 'scrub', at: NOW },
      { kind: 'deactivate', by: ada, about: bob, detail: '', at: NOW + 1 },
    ]);
    const rest = await view.administration.acts({ before: acts.at(-1)?.place, limit: 2 });
    expect(rest).toMatchObject([{ kind: 'grant', by: null, about: ada }]);
  });

  it('keeps no act of an unknown account', async () => {
    const { unitOfWork, view } = await openedWithChat(open);
    const act = { kind: 'grant', by: UNKNOWN, about: null, detail: '', at: NOW } as const;
    await expectMistake(unitOfWork.run(({ administration }) => administration.addAct(act)));
    expect(await view.administration.acts({ before: undefined, limit: 9 })).toEqual([]);
  });
}
