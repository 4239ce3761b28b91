import { expect, it } from 'vitest';
import { aMembership, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

export function blocksContract(open: OpenStorage): void {
  it('are stored once for each pair, and removed', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const block = { by: ada.id, blocked: bob.id };
    const add = () => unitOfWork.run((store) => store.blocks.add({ ...block, createdAt: NOW }));
    await add();
    await add();
    expect([await view.blocks.by(ada.id), await view.blocks.by(bob.id)]).toEqual([[bob], []]);
    expect([await view.blocks.of(bob.id), await view.blocks.of(ada.id)]).toEqual([[ada.id], []]);
    expect(await view.blocks.among([bob.id, ada.id])).toEqual([block]);
    expect([await view.blocks.among([bob.id]), await view.blocks.among([])]).toEqual([[], []]);
    const remove = () => unitOfWork.run((store) => store.blocks.remove(block));
    expect([await remove(), await remove()]).toEqual([true, false]);
    expect(await view.blocks.among([ada.id, bob.id])).toEqual([]);
  });

  it('need two users', async () => {
    const { unitOfWork, ada, chat } = await openedWithChat(open);
    const nobody = aMembership({ chatId: chat.id }).userId;
    const blocked = (nobody + 10_000) as typeof nobody;
    await expectMistake(unitOfWork.run((store) => store.blocks.add({ by: ada.id, blocked, createdAt: NOW })));
  });
}
