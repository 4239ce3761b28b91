import { expect, it } from 'vitest';
import { linkId, newLink } from '../../../src/domain/identity/one-time-link.ts';
import { userId } from '../../../src/domain/ids.ts';
import { NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

const [FIRST, SECOND] = [linkId('first'), linkId('second')];

export function oneTimeLinksContract(open: OpenStorage): void {
  it('finds a link, and one in its place', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const [link, ofBob] = [
      newLink({ id: FIRST, kind: 'reset', userId: ada.id }, NOW),
      newLink({ id: linkId('bob'), kind: 'reset', userId: bob.id }, NOW),
    ];
    await unitOfWork.run(async ({ oneTimeLinks }) => {
      await oneTimeLinks.put(link);
      await oneTimeLinks.put(ofBob);
    });
    expect(await view.oneTimeLinks.find(FIRST)).toEqual(link);
    const later = newLink({ id: SECOND, kind: 'reset', userId: ada.id }, NOW + 1);
    await unitOfWork.run(({ oneTimeLinks }) => oneTimeLinks.put(later));
    expect(await view.oneTimeLinks.find(FIRST)).toBeUndefined();
    expect(await view.oneTimeLinks.find(SECOND)).toEqual(later);
    expect(await view.oneTimeLinks.find(ofBob.id)).toEqual(ofBob);
  });

  it('keeps a link of each kind for a user', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    const [reset, signIn] = [
      newLink({ id: FIRST, kind: 'reset', userId: ada.id }, NOW),
      newLink({ id: SECOND, kind: 'sign_in', userId: ada.id }, NOW),
    ];
    await unitOfWork.run(async ({ oneTimeLinks }) => {
      await oneTimeLinks.put(reset);
      await oneTimeLinks.put(signIn);
    });
    expect([await view.oneTimeLinks.find(FIRST), await view.oneTimeLinks.find(SECOND)]).toEqual([reset, signIn]);
    await unitOfWork.run(({ oneTimeLinks }) => oneTimeLinks.removeOf(ada.id));
    expect([await view.oneTimeLinks.find(FIRST), await view.oneTimeLinks.find(SECOND)]).toEqual([undefined, undefined]);
  });

  it('removes a link once', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    await unitOfWork.run(({ oneTimeLinks }) =>
      oneTimeLinks.put(newLink({ id: FIRST, kind: 'reset', userId: ada.id }, NOW)),
    );
    const remove = () => unitOfWork.run(({ oneTimeLinks }) => oneTimeLinks.remove(FIRST));
    expect((await Promise.all([remove(), remove()])).toSorted()).toEqual([false, true]);
    expect(await view.oneTimeLinks.find(FIRST)).toBeUndefined();
  });

  it('removes the link of a user, and those that have expired', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    await unitOfWork.run(async ({ oneTimeLinks }) => {
      await oneTimeLinks.put({ id: FIRST, kind: 'reset', userId: ada.id, expiresAt: NOW });
      await oneTimeLinks.put({ id: SECOND, kind: 'sign_in', userId: bob.id, expiresAt: NOW + 1 });
    });
    expect(await unitOfWork.run(({ oneTimeLinks }) => oneTimeLinks.removeExpired(NOW))).toBe(1);
    expect(await view.oneTimeLinks.find(FIRST)).toBeUndefined();
    await unitOfWork.run(({ oneTimeLinks }) => oneTimeLinks.removeOf(ada.id));
    expect(await view.oneTimeLinks.find(SECOND)).toBeDefined();
    await unitOfWork.run(({ oneTimeLinks }) => oneTimeLinks.removeOf(bob.id));
    expect(await view.oneTimeLinks.find(SECOND)).toBeUndefined();
  });

  it('takes a link only for a user there is', async () => {
    const { unitOfWork } = await openedWithChat(open);
    await expectMistake(
      unitOfWork.run(({ oneTimeLinks }) =>
        oneTimeLinks.put(newLink({ id: FIRST, kind: 'reset', userId: userId(999) }, NOW)),
      ),
    );
  });
}
