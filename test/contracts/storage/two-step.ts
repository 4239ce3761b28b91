import { expect, it } from 'vitest';
import { userId } from '../../../src/domain/ids.ts';
import { aSessionOf, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

export function twoStepContract(open: OpenStorage): void {
  it('knows which recovery codes a user has', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    await unitOfWork.run((store) => store.twoStep.setRecovery(ada.id, ['one', 'two']));
    const has = (user: typeof ada, digest: string) => view.twoStep.hasRecovery(user.id, digest);
    expect([await has(ada, 'two'), await has(ada, 'three'), await has(bob, 'two')]).toEqual([true, false, false]);
    await unitOfWork.run((store) => store.twoStep.useRecovery(ada.id, 'two'));
    expect(await has(ada, 'two')).toBe(false);
  });

  it('keeps a secret that is not enabled at first, and replaces it', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    expect(await view.twoStep.of(ada.id)).toBeUndefined();
    await unitOfWork.run((store) => store.twoStep.begin(ada.id, 'AAAA'));
    expect(await view.twoStep.of(ada.id)).toEqual({ secret: 'AAAA', enabledAt: null, lastStep: 0 });
    await unitOfWork.run((store) => store.twoStep.enable(ada.id, { at: NOW, step: 57_000_000 }));
    expect(await view.twoStep.of(ada.id)).toEqual({ secret: 'AAAA', enabledAt: NOW, lastStep: 57_000_000 });
    await unitOfWork.run((store) => store.twoStep.begin(ada.id, 'BBBB'));
    expect(await view.twoStep.of(ada.id)).toEqual({ secret: 'BBBB', enabledAt: null, lastStep: 0 });
    await unitOfWork.run((store) => store.twoStep.enable(bob.id, { at: NOW, step: 1 }));
    expect(await view.twoStep.of(bob.id)).toBeUndefined();
    await expectMistake(unitOfWork.run((store) => store.twoStep.begin(userId(bob.id + 100), 'AAAA')));
  });

  it('lets one of those who use a step at the same time have it', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    expect(await unitOfWork.run((store) => store.twoStep.use(ada.id, 7))).toBe(false);
    await unitOfWork.run((store) => store.twoStep.begin(ada.id, 'AAAA'));
    const uses = Array.from({ length: 20 }, () => unitOfWork.run((store) => store.twoStep.use(ada.id, 7)));
    expect((await Promise.all(uses)).filter((isUsed) => isUsed)).toHaveLength(1);
    expect(await unitOfWork.run((store) => store.twoStep.use(ada.id, 6))).toBe(false);
    expect(await view.twoStep.of(ada.id)).toMatchObject({ lastStep: 7 });
  });

  it('uses each recovery code once, and replaces all of a user', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const set = (...digests: string[]) => unitOfWork.run((store) => store.twoStep.setRecovery(ada.id, digests));
    const use = (digest: string, id = ada.id) => unitOfWork.run((store) => store.twoStep.useRecovery(id, digest));
    await set('one', 'two', 'three');
    expect(await Promise.all([use('one'), use('one'), use('one', bob.id)])).toEqual([true, false, false]);
    expect([await view.twoStep.recoveryLeft(ada.id), await view.twoStep.recoveryLeft(bob.id)]).toEqual([2, 0]);
    await set('four');
    expect([await use('two'), await use('four'), await view.twoStep.recoveryLeft(ada.id)]).toEqual([false, true, 0]);
    await expectMistake(unitOfWork.run((store) => store.twoStep.setRecovery(userId(bob.id + 100), ['five'])));
  });

  it('removes the secret with the recovery codes', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    await unitOfWork.run(async ({ twoStep }) => {
      await twoStep.begin(ada.id, 'AAAA');
      await twoStep.setRecovery(ada.id, ['one']);
    });
    const remove = () => unitOfWork.run((store) => store.twoStep.remove(ada.id));
    expect([await remove(), await remove()]).toEqual([true, false]);
    expect([await view.twoStep.of(ada.id), await view.twoStep.recoveryLeft(ada.id)]).toEqual([undefined, 0]);
  });

  it('notes when the person of a session confirmed who they are', async () => {
    const { unitOfWork, view, ada } = await openedWithChat(open);
    const session = aSessionOf(ada);
    await unitOfWork.run(async ({ sessions }) => {
      if (!(await sessions.find(session.id))) await sessions.add(session);
      await sessions.confirm(session.id, NOW + 5);
    });
    expect((await view.sessions.find(session.id))?.session.confirmedAt).toBe(NOW + 5);
    expect((await view.sessions.ofUser(ada.id)).map(({ confirmedAt }) => confirmedAt)).toEqual([NOW + 5]);
  });
}
