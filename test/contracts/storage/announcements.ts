import { expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import type { Announcement } from '../../../src/domain/push/announcement.ts';
import { pushDeviceId } from '../../../src/domain/push/device.ts';
import { NOW } from '../../builders.ts';
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
    const add = (...all: readonly Announcement[]) =>
      unitOfWork.run(({ announcements }) => announcements.add(place, all, { at: NOW }));
    const [one, two, three] = [decided(1, ada, 'pending'), decided(2, bob, 'muted'), decided(3, ada, 'pending')];

    expect(await add(one, two)).toEqual([one, two]);
    expect(await add(three, { ...one, reason: 'muted' })).toEqual([three]);
    expect(await view.announcements.of(place, ada.id)).toEqual([one, three]);
    expect(await view.announcements.of(place, bob.id)).toEqual([two]);
    expect(await view.announcements.of({ ...place, position: revision(2) }, ada.id)).toEqual([]);

    await unitOfWork.run(async ({ announcements }) => {
      await announcements.settle(place, three.deviceId, 'sent');
      await announcements.settle(place, pushDeviceId(99), 'sent');
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
      for (const position of [1, 2, 3, 4]) await announcements.add(at(position), [decided], { at: NOW + position });
    });
    const remove = (until: number, limit: number) =>
      unitOfWork.run(({ announcements }) => announcements.removeOld(until, limit));

    expect(await remove(NOW + 3, 2)).toBe(2);
    expect(await remove(NOW + 3, 2)).toBe(1);
    expect(await remove(NOW + 3, 2)).toBe(0);
    expect(await view.announcements.of(at(3), ada.id)).toEqual([]);
    expect(await view.announcements.of(at(4), ada.id)).toEqual([decided]);
  });
}
