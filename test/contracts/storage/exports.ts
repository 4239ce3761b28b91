import { expect, it } from 'vitest';
import { NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

export function exportsContract(open: OpenStorage): void {
  it('a user has one export at a time, until it is released or stands still', async () => {
    const { unitOfWork, ada, bob } = await openedWithChat(open);
    const claim = (lease: string, now: number, user = ada) =>
      unitOfWork.run(({ exports }) => exports.claim(user.id, { lease, now, until: now + 100 }));
    expect(await claim('one', NOW)).toBe(true);
    expect([await claim('two', NOW + 99), await claim('two', NOW, bob)]).toEqual([false, true]);
    expect([await claim('one', NOW + 50), await claim('two', NOW + 149)]).toEqual([true, false]);
    expect([await claim('two', NOW + 150), await claim('one', NOW + 151)]).toEqual([true, false]);
    await unitOfWork.run(({ exports }) => exports.release(ada.id, 'one'));
    expect(await claim('three', NOW + 151)).toBe(false);
    await unitOfWork.run(({ exports }) => exports.release(ada.id, 'two'));
    expect(await claim('three', NOW + 151)).toBe(true);
  });

  it('of concurrent claims one succeeds', async () => {
    const { unitOfWork, ada } = await openedWithChat(open);
    const claims = ['a', 'b', 'c', 'd'].map((lease) =>
      unitOfWork.run(({ exports }) => exports.claim(ada.id, { lease, now: NOW, until: NOW + 1 })),
    );
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
  });
}
