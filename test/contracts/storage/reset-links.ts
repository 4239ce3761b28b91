import { expect, it } from 'vitest';
import { newResetLink, resetId } from '../../../src/domain/administration/reset-link.ts';
import { userId } from '../../../src/domain/ids.ts';
import { NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

const [FIRST, SECOND] = [resetId('first'), resetId('second')];

export function resetLinksContract(open: OpenStorage): void {
  it('finds a link, and one in its place', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const [link, ofBob] = [newResetLink(FIRST, ada.id, NOW), newResetLink(resetId('bob'), bob.id, NOW)];
    await unitOfWork.run(async ({ resetLinks }) => {
      await resetLinks.put(link);
      await resetLinks.put(ofBob);
    });
    expect(await view.resetLinks.find(FIRST)).toEqual(link);
    const later = newResetLink(SECOND, ada.id, NOW + 1);
    await unitOfWork.run(({ resetLinks }) => resetLinks.put(later));
    expect(await view.resetLinks.find(FIRST)).toBeUndefined();
    expect(await view.resetLinks.find(SECOND)).toEqual(later);
    expect(await view.resetLinks.find(ofBob.id)).toEqual(ofBob);
  });

  it('removes a link once', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    await unitOfWork.run(({ resetLinks }) => resetLinks.put(newResetLink(FIRST, ada.id, NOW)));
    const remove = () => unitOfWork.run(({ resetLinks }) => resetLinks.remove(FIRST));
    expect((await Promise.all([remove(), remove()])).toSorted()).toEqual([false, true]);
    expect(await view.resetLinks.find(FIRST)).toBeUndefined();
  });

  it('removes the link of a user, and those that have expired', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    await unitOfWork.run(async ({ resetLinks }) => {
      await resetLinks.put({ id: FIRST, userId: ada.id, expiresAt: NOW });
      await resetLinks.put({ id: SECOND, userId: bob.id, expiresAt: NOW + 1 });
    });
    expect(await unitOfWork.run(({ resetLinks }) => resetLinks.removeExpired(NOW))).toBe(1);
    expect(await view.resetLinks.find(FIRST)).toBeUndefined();
    await unitOfWork.run(({ resetLinks }) => resetLinks.removeOf(ada.id));
    expect(await view.resetLinks.find(SECOND)).toBeDefined();
    await unitOfWork.run(({ resetLinks }) => resetLinks.removeOf(bob.id));
    expect(await view.resetLinks.find(SECOND)).toBeUndefined();
  });

  it('takes a link only for a user there is', async () => {
    const { unitOfWork } = await openedWithChat(open);
    await expectMistake(unitOfWork.run(({ resetLinks }) => resetLinks.put(newResetLink(FIRST, userId(999), NOW))));
  });
}
