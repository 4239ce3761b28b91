import { expect, it } from 'vitest';
import { userId } from '../../../src/domain/ids.ts';
import { reason } from '../../../src/domain/moderation/reason.ts';
import { aBan, insertChat, insertUser, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

export function bansContract(open: OpenStorage): void {
  it('are stored once for each person of a chat, the last one, and removed', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const other = await unitOfWork.run((store) => insertChat(store, 'Den', ada));
    const ban = aBan({ chatId: chat.id, userId: bob.id, by: ada.id });
    const later = { ...ban, at: NOW + 5, until: NOW + 9, reason: reason('again') };
    await unitOfWork.run((store) => store.bans.put(ban));
    expect(await view.bans.find(chat.id, bob.id)).toEqual(ban);
    await unitOfWork.run((store) => store.bans.put(later));
    expect(await view.bans.find(chat.id, bob.id)).toEqual(later);
    expect([await view.bans.find(other.id, bob.id), await view.bans.find(chat.id, ada.id)]).toEqual([
      undefined,
      undefined,
    ]);
    const remove = () => unitOfWork.run((store) => store.bans.remove(chat.id, bob.id));
    expect([await remove(), await remove()]).toEqual([true, false]);
    expect(await view.bans.find(chat.id, bob.id)).toBeUndefined();
  });

  it('are listed while they are in force, the newest first', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const cleo = await unitOfWork.run(async (store) => {
      const cleo = await insertUser(store, 'cleo');
      const [den, dora] = [await insertChat(store, 'Den', ada), await insertUser(store, 'dora')];
      await store.bans.put(aBan({ chatId: chat.id, userId: bob.id, by: ada.id, until: NOW + 9 }));
      await store.bans.put(aBan({ chatId: chat.id, userId: cleo.id, by: bob.id, at: NOW + 1 }));
      await store.bans.put(aBan({ chatId: den.id, userId: dora.id, by: ada.id }));
      return cleo;
    });
    const listed = async (now: number, limit = 9) =>
      (await view.bans.inForce(chat.id, now, limit)).map(({ user, by }) => [user, by]);
    expect(await listed(NOW + 8)).toEqual([
      [cleo, bob],
      [bob, ada],
    ]);
    expect(await listed(NOW + 9)).toEqual([[cleo, bob]]);
    expect(await listed(NOW, 1)).toEqual([[cleo, bob]]);
  });

  it('name a chat and people whom there are', async () => {
    const { unitOfWork, ada, bob, chat } = await openedWithChat(open);
    const nobody = userId(bob.id + 10_000);
    await expectMistake(
      unitOfWork.run((store) => store.bans.put(aBan({ chatId: chat.id, userId: nobody, by: ada.id }))),
    );
    await expectMistake(
      unitOfWork.run((store) => store.bans.put(aBan({ chatId: chat.id, userId: bob.id, by: nobody }))),
    );
  });
}
