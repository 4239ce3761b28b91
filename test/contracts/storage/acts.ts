import { expect, it } from 'vitest';
import { chatName, revision } from '../../../src/domain/chats/chat.ts';
import { actId } from '../../../src/domain/moderation/act.ts';
import type { Change } from '../../../src/domain/moderation/changes.ts';
import { reason } from '../../../src/domain/moderation/reason.ts';
import { anAct, anInviteTo, aUser, insertChat, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

export function actsContract(open: OpenStorage): void {
  it('are found and listed by chat, the newest first, with the people whom they name', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const { first, second, elsewhere } = await unitOfWork.run(async (store) => {
      const den = await insertChat(store, 'Den', ada);
      return {
        first: await store.acts.add(anAct({ chatId: chat.id, actorId: ada.id })),
        elsewhere: await store.acts.add(anAct({ chatId: den.id, actorId: ada.id })),
        second: await store.acts.add(
          anAct({ chatId: chat.id, kind: 'removed', actorId: bob.id, targetId: ada.id, reason: reason('spam') }),
        ),
      };
    });
    expect(second.id).toBeGreaterThan(first.id);
    expect(await view.acts.find(chat.id, second.id)).toEqual(second);
    expect([await view.acts.find(chat.id, elsewhere.id), await view.acts.find(chat.id, actId(10_000))]).toEqual([
      undefined,
      undefined,
    ]);
    const newest = { act: second, actor: bob, target: ada, isUndone: false };
    const oldest = { act: first, actor: ada, target: undefined, isUndone: false };
    expect(await view.acts.list(chat.id, undefined, 9)).toEqual([newest, oldest]);
    expect(await view.acts.list(chat.id, undefined, 1)).toEqual([newest]);
    expect(await view.acts.list(chat.id, second.id, 9)).toEqual([oldest]);
    expect(await view.acts.after(chat.id, first.id)).toEqual([second]);
    expect(await view.acts.after(chat.id, second.id)).toEqual([]);
  });

  it('keep every kind of change', async () => {
    const { unitOfWork, view, ada, bob, chat } = await openedWithChat(open);
    const userId = bob.id;
    const invite = anInviteTo(chat, ada);
    const read = { readTo: revision(3), readVersion: 1 };
    const state = { level: 'all', mutedUntil: NOW, pinned: true, ...read } as const;
    const changes: readonly Change[] = [
      { aspect: 'membership', userId, before: { role: 'moderator', joinedAt: NOW, state }, after: null },
      { aspect: 'ban', userId, before: null, after: { by: ada.id, at: NOW, until: null, reason: reason('spam') } },
      { aspect: 'bar', userId, before: null, after: NOW },
      { aspect: 'invite', inviteId: invite.id, before: invite, after: null },
      { aspect: 'message', position: revision(3), before: null, after: { by: ada.id, at: NOW } },
      { aspect: 'name', before: chatName('Lobby'), after: chatName('Quay') },
      { aspect: 'slow_mode', before: 0, after: 30 },
      { aspect: 'archive', before: null, after: NOW },
      { aspect: 'retention', before: 0, after: 30 },
      { aspect: 'report', position: revision(3), userId, before: null, after: NOW },
    ];
    const { id } = await unitOfWork.run((store) =>
      store.acts.add(anAct({ chatId: chat.id, actorId: ada.id, changes })),
    );
    expect((await view.acts.find(chat.id, id))?.changes).toEqual(changes);
  });

  it('are undone once, by another act', async () => {
    const { unitOfWork, view, ada, chat } = await openedWithChat(open);
    const add = (undoes: Parameters<typeof anAct>[0]) =>
      unitOfWork.run((store) => store.acts.add(anAct({ chatId: chat.id, actorId: ada.id, ...undoes })));
    const act = await add({});
    await add({ kind: 'undone', undoes: act.id });
    expect((await view.acts.list(chat.id, undefined, 9)).map(({ isUndone }) => isUndone)).toEqual([false, true]);
    await expectMistake(add({ kind: 'undone', undoes: act.id }));
    await expectMistake(add({ actorId: aUser({ id: (ada.id + 10_000) as typeof ada.id }).id }));
    expect(await view.acts.list(chat.id, undefined, 9)).toHaveLength(2);
  });
}
