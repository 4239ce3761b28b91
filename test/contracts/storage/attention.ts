import { expect, it } from 'vitest';
import { keywords } from '../../../src/domain/attention/keywords.ts';
import { quietHours } from '../../../src/domain/attention/quiet-hours.ts';
import { USUAL_SETTINGS } from '../../../src/domain/attention/settings.ts';
import { userId } from '../../../src/domain/ids.ts';
import { aMembership, insertChat, insertUser, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

const SET = {
  quietHours: quietHours({ zone: 'Asia/Kolkata', days: ['sun', 'mon'], from: '22:30', to: '07:00' }),
  keywords: keywords(['Deploy', 'release train', '会議']),
  sound: false,
};

export function attentionContract(open: OpenStorage): void {
  it('keeps the settings of each user, the usual ones at first, and replaces all of them', async () => {
    const { unitOfWork, view, ada, bob } = await openedWithChat(open);
    const set = (settings: typeof USUAL_SETTINGS, id = ada.id) =>
      unitOfWork.run((store) => store.attention.setSettings(id, settings));
    expect(await view.attention.settingsOf(ada.id)).toEqual(USUAL_SETTINGS);
    await set(SET);
    expect(await view.attention.settingsOf(ada.id)).toEqual(SET);
    expect(await view.attention.settingsOf(bob.id)).toEqual(USUAL_SETTINGS);
    const never = { ...SET.quietHours, days: [] };
    await set({ quietHours: never, keywords: [], sound: true });
    expect(await view.attention.settingsOf(ada.id)).toEqual({ quietHours: never, keywords: [], sound: true });
    await set(USUAL_SETTINGS);
    expect(await view.attention.settingsOf(ada.id)).toEqual(USUAL_SETTINGS);
    await expectMistake(set(SET, userId(bob.id + 100)));
  });

  it('answers what members set for a chat and for all chats, and leaves others out', async () => {
    const { unitOfWork, view, chat, ada, bob } = await openedWithChat(open);
    const eve = await unitOfWork.run(async (store) => {
      await store.reading.setMutedUntil(chat.id, ada.id, NOW + 5);
      await store.attention.setSettings(ada.id, SET);
      const other = await insertChat(store, 'Other', ada);
      await store.reading.setLevel(other.id, ada.id, 'nothing');
      return insertUser(store, 'eve');
    });
    const asked = await view.attention.ofMembers(chat.id, [eve.id, bob.id, ada.id]);
    expect(asked).toEqual(
      new Map([
        [ada.id, { level: 'mentions', mutedUntil: NOW + 5, settings: SET }],
        [bob.id, { level: 'mentions', mutedUntil: null, settings: USUAL_SETTINGS }],
      ]),
    );
    expect(await view.attention.ofMembers(chat.id, [])).toEqual(new Map());
  });

  it('keeps a mute and a level apart, and forgets both when the member leaves', async () => {
    const { unitOfWork, view, chat, ada, bob } = await openedWithChat(open);
    const of = async () => (await view.reading.ofMembers(chat.id, [ada.id])).get(ada.id);
    await unitOfWork.run((store) => store.reading.setMutedUntil(chat.id, ada.id, NOW));
    await unitOfWork.run((store) => store.reading.setLevel(chat.id, ada.id, 'all'));
    expect(await of()).toMatchObject({ level: 'all', mutedUntil: NOW });
    expect((await view.reading.statesOf(ada.id)).get(chat.id)).toMatchObject({ level: 'all', mutedUntil: NOW });
    expect((await view.chats.summariesOfUser(ada.id))[0]?.reading).toMatchObject({ level: 'all', mutedUntil: NOW });
    await unitOfWork.run((store) => store.reading.setMutedUntil(chat.id, ada.id, null));
    expect(await of()).toMatchObject({ level: 'all', mutedUntil: null });
    await unitOfWork.run(async (store) => {
      await store.reading.setMutedUntil(chat.id, ada.id, NOW);
      await store.members.remove(chat.id, ada.id);
      await store.members.add(aMembership({ chatId: chat.id, userId: ada.id }));
    });
    expect(await of()).toMatchObject({ level: 'mentions', mutedUntil: null });
    await expectMistake(unitOfWork.run((store) => store.reading.setMutedUntil(chat.id, userId(bob.id + 100), NOW)));
  });
}
