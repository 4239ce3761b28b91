import { expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { assertText, tombstone } from '../../../src/domain/messages/changes.ts';
import { reason } from '../../../src/domain/moderation/reason.ts';
import type { Report } from '../../../src/domain/moderation/report.ts';
import { insertChat, insertMessage, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

export function reportsContract(open: OpenStorage): void {
  /** Two messages of Ada in the lobby and one in the den. */
  async function openedWithMessages() {
    const world = await openedWithChat(open);
    const { unitOfWork, ada, bob, chat } = world;
    const messages = await unitOfWork.run(async (store) => {
      const den = await insertChat(store, 'Den', ada, bob);
      return [
        await insertMessage(store, chat, ada),
        await insertMessage(store, chat, ada),
        await insertMessage(store, den, ada),
      ];
    });
    const aReport = (index: number, changes: Partial<Report> = {}): Report => {
      const { chatId, position } = messages[index] ?? { chatId: chat.id, position: revision(404) };
      return { chatId, position, userId: bob.id, reason: reason('spam'), at: NOW, dismissedAt: null, ...changes };
    };
    const add = (report: Report) => unitOfWork.run((store) => store.reports.add(report));
    return { ...world, messages, aReport, add };
  }

  it('are stored once for each person and message', async () => {
    const { view, ada, chat, aReport, add } = await openedWithMessages();
    const [first, later] = [aReport(0), aReport(0, { userId: ada.id, at: NOW + 1 })];
    expect([await add(later), await add(first), await add({ ...first, reason: reason('other') })]).toEqual([
      ...[true, true, false],
    ]);
    expect(await view.reports.ofMessage(first)).toEqual([first, later]);
    expect(await view.reports.ofMessage({ chatId: chat.id, position: revision(2) })).toEqual([]);
  });

  it('wait, the oldest first, until they are dismissed or the message is deleted', async () => {
    const { unitOfWork, view, ada, bob, chat, messages, aReport, add } = await openedWithMessages();
    const [second, first, elsewhere] = [aReport(0, { at: NOW + 1 }), aReport(1), aReport(2)];
    for (const report of [second, first, elsewhere]) await add(report);
    const waiting = async (limit = 9) => (await view.reports.waiting(chat.id, limit)).map(({ report }) => report);
    expect(await view.reports.waiting(chat.id, 1)).toEqual([{ report: first, by: bob }]);
    expect(await waiting()).toEqual([first, second]);
    const set = (at: number | null) => unitOfWork.run((store) => store.reports.setDismissed(first, bob.id, at));
    await set(NOW + 5);
    expect([await waiting(), await view.reports.ofMessage(first)]).toEqual([
      [second],
      [{ ...first, dismissedAt: NOW + 5 }],
    ]);
    await set(null);
    expect(await waiting()).toEqual([first, second]);
    await unitOfWork.run(async (store) => {
      await store.reports.setDismissed(first, ada.id, NOW);
      const message = messages[1];
      if (!message) throw new Error('There are two messages.');
      assertText(message);
      const next = await store.chats.nextRevision(chat.id);
      await store.messages.change(tombstone(message, { revision: next, by: ada.id, at: NOW }));
    });
    expect(await waiting()).toEqual([second]);
  });

  it('are of messages and people whom there are', async () => {
    const { bob, aReport, add } = await openedWithMessages();
    await expectMistake(add(aReport(9)));
    await expectMistake(add(aReport(0, { userId: (bob.id + 10_000) as typeof bob.id })));
  });
}
