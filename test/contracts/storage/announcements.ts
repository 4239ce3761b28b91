import { expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import { tombstone } from '../../../src/domain/messages/changes.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import type { Announcement } from '../../../src/domain/push/announcement.ts';
import { pushDeviceId } from '../../../src/domain/push/device.ts';
import { insertMessage, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

/** What was announced on which device, and why. */
export function announcementsContract(open: OpenStorage): void {
  async function opened() {
    const world = await openedWithChat(open);
    return { ...world, place: { chatId: world.chat.id, position: revision(1) } };
  }

  it('decisions are recorded once for a message and a device, and answered by user and by reason', async () => {
    const { unitOfWork, view, ada, bob, place } = await opened();
    const decided = (id: number, user: User, reason: Announcement['reason']): Announcement => ({
      deviceId: pushDeviceId(id),
      userId: user.id,
      reason,
    });
    const basis = { at: NOW, isCalled: true, textRevision: revision(1) };
    const add = (...all: readonly Announcement[]) =>
      unitOfWork.run(({ announcements }) =>
        announcements.add(
          place,
          all.map((one) => ({ ...one, basis })),
        ),
      );
    const [one, two, three] = [decided(1, ada, 'pending'), decided(2, bob, 'muted'), decided(3, ada, 'pending')];

    expect(await add(one, two)).toEqual([one, two]);
    expect(await add(three, { ...one, reason: 'muted' })).toEqual([three]);
    expect(await view.announcements.of(place, ada.id)).toEqual([one, three]);
    expect(await view.announcements.of(place, bob.id)).toEqual([two]);
    expect(await view.announcements.of({ ...place, position: revision(2) }, ada.id)).toEqual([]);

    await unitOfWork.run(async ({ announcements }) => {
      await announcements.settle(place, { deviceId: three.deviceId, reason: 'sent' });
      await announcements.settle(place, { deviceId: pushDeviceId(99), reason: 'sent' });
    });
    const sent = await unitOfWork.run(({ announcements }) => announcements.withReason(place, 'sent'));
    expect(sent).toEqual([{ ...three, reason: 'sent' }]);
    expect(await view.announcements.of(place, ada.id)).toEqual([one, { ...three, reason: 'sent' }]);
  });

  it('old decisions are removed, some at a time', async () => {
    const { unitOfWork, view, ada, place } = await opened();
    const decided = { deviceId: pushDeviceId(1), userId: ada.id, reason: 'sent' } as const;
    const at = (position: number) => ({ ...place, position: revision(position) });
    await unitOfWork.run(async ({ announcements }) => {
      for (const position of [1, 2, 3, 4]) {
        const basis = { at: NOW + position, isCalled: true, textRevision: null };
        await announcements.add(at(position), [{ ...decided, basis }]);
      }
    });
    const remove = (until: number, limit: number) =>
      unitOfWork.run(({ announcements }) => announcements.removeOld(until, limit));

    expect(await remove(NOW + 3, 2)).toBe(2);
    expect(await remove(NOW + 3, 2)).toBe(1);
    expect(await remove(NOW + 3, 2)).toBe(0);
    expect(await view.announcements.of(at(3), ada.id)).toEqual([]);
    expect(await view.announcements.of(at(4), ada.id)).toEqual([decided]);
  });

  it('the ledger of a user has the newest decisions with what they were based on, and the messages as they are now', async () => {
    const { unitOfWork, view, chat, ada, bob } = await opened();
    const decide = (message: Message, id: number, user: User, at: number) =>
      unitOfWork.run(({ announcements }) =>
        announcements.add(message, [
          {
            ...{ deviceId: pushDeviceId(id), userId: user.id, reason: 'pending' },
            basis: { at, isCalled: id === 1, textRevision: message.position },
          },
        ]),
      );
    const say = (text: string) =>
      unitOfWork.run((store) => insertMessage(store, chat, bob, { clientId: null, text: messageBody(text) }));
    const [kept, edited, gone] = [await say('kept'), await say('before'), await say('gone')];
    for (const [n, message] of [kept, edited, gone].entries()) {
      await decide(message, 1, ada, NOW + n);
      await decide(message, 2, bob, NOW + n);
    }
    await unitOfWork.run(async ({ chats, messages, announcements }) => {
      if (edited.kind !== 'text' || gone.kind !== 'text') throw new Error('No text.');
      const change = { revision: await chats.nextRevision(chat.id), at: NOW };
      const version = { text: edited.text, revision: edited.position, writtenAt: NOW };
      await messages.addVersion(edited, version);
      await messages.change({ ...edited, text: messageBody('after'), edit: change, revision: change.revision });
      await messages.change(tombstone(gone, { ...change, revision: await chats.nextRevision(chat.id), by: bob.id }));
      const basis = { at: NOW + 9, isCalled: false, textRevision: kept.position };
      await announcements.settle(kept, { deviceId: pushDeviceId(1), reason: 'sent', basis });
    });
    const ledger = (limit = 9, since = NOW - 1) => view.announcements.ledgerOf(ada.id, { since, limit });

    const message = (snippet: string, kind = 'text') => ({ kind, author: bob, snippet, sentAt: NOW });
    const entry = { chatId: chat.id, deviceId: 1, userId: ada.id };
    expect(await ledger()).toEqual([
      { ...entry, position: 1, reason: 'sent', at: NOW + 9, isCalled: false, text: 'kept', message: message('kept') },
      {
        ...{ ...entry, position: 3, reason: 'pending', at: NOW + 2, isCalled: true, text: undefined },
        message: message('', 'deleted'),
      },
      {
        ...{ ...entry, position: 2, reason: 'pending', at: NOW + 1, isCalled: true, text: 'before' },
        message: message('after'),
      },
    ]);
    expect((await ledger(1)).map(({ position }) => position)).toEqual([1]);
    expect((await ledger(9, NOW + 1)).map(({ position }) => position)).toEqual([1, 3]);
    expect((await view.announcements.ledgerOf(bob.id, { since: 0, limit: 9 })).length).toBe(3);
  });
}
