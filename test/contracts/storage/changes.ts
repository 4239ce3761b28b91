import { expect, it } from 'vitest';
import type { VersionsPage } from '../../../src/application/ports/messages.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { assertText, edited, restored, tombstone, versionOf } from '../../../src/domain/messages/changes.ts';
import type { Message, TextMessage } from '../../../src/domain/messages/message.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { pinned, unpinned } from '../../../src/domain/pins/pinning.ts';
import { insertMessage, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

const ALL = revision(0);
const LATER = NOW + 5_000;

/** Messages that are edited, deleted and restored. */
export function changesContract(open: OpenStorage): void {
  async function openedWithMessages(count: number) {
    const world = await openedWithChat(open);
    const { unitOfWork, ada, chat } = world;
    const messages: TextMessage[] = [];
    await unitOfWork.run(async (store) => {
      for (let n = 1; n <= count; n += 1) {
        const message = await insertMessage(store, chat, ada, { text: messageBody(`text ${n}`) });
        assertText(message);
        messages.push(message);
      }
    });
    const change = (make: (next: ReturnType<typeof revision>) => Message) =>
      unitOfWork.run(async (store) => {
        const changed = make(await store.chats.nextRevision(chat.id));
        await store.messages.change(changed);
        return changed;
      });
    const edit = (message: TextMessage, text: string) =>
      change((next) => edited(message, messageBody(text), { revision: next, at: LATER }));
    const remove = (message: TextMessage) =>
      change((next) => tombstone(message, { revision: next, by: world.bob.id, at: LATER }));
    return { ...world, messages, change, edit, remove };
  }

  it('finds a message by its place, and nothing where there is none', async () => {
    const { view, chat, messages } = await openedWithMessages(2);
    expect(await view.messages.find({ chatId: chat.id, position: revision(2) })).toEqual(messages[1]);
    expect(await view.messages.find({ chatId: chat.id, position: revision(3) })).toBeUndefined();
  });

  it('reads a changed message as it is now, in its place', async () => {
    const { view, chat, messages, edit, remove } = await openedWithMessages(3);
    const [first, second, third] = messages;
    if (!first || !second || !third) throw new Error('There are three.');
    const now = [await remove(first), await edit(second, 'better'), third];
    expect(await view.messages.before(chat.id, undefined, 10)).toEqual(now);
    expect(await view.messages.find(first)).toEqual(now[0]);
  });

  it('tells the last state of each message that changed after a revision, once, in order of revision', async () => {
    const { view, chat, messages, edit, remove } = await openedWithMessages(4);
    const [first, second, third, fourth] = messages;
    if (!first || !second || !third || !fourth) throw new Error('There are four.');
    await edit(first, 'better');
    const gone = await remove(third);
    const best = await edit(first, 'best');
    const after = (from: number, limit = 10) => view.messages.changedAfter(chat.id, revision(from), limit);
    expect(await after(0)).toEqual([second, fourth, gone, best]);
    expect(await after(2)).toEqual([fourth, gone, best]);
    expect(await after(5)).toEqual([gone, best]);
    expect(await after(6)).toEqual([best]);
    expect(await after(7)).toEqual([]);
    expect(await after(0, 3)).toEqual([second, fourth, gone]);
    expect(await after(1, 1)).toEqual([second]);
  });

  it('keeps earlier texts by the revision at which they were written, the newest first', async () => {
    const { unitOfWork, view, chat, messages, edit } = await openedWithMessages(2);
    const [first, other] = messages;
    if (!first || !other) throw new Error('There are two.');
    const better = await edit(first, 'better');
    assertText(better);
    await unitOfWork.run(async (store) => {
      await store.messages.addVersion(first, versionOf(first));
      await store.messages.addVersion(first, versionOf(better));
      await store.messages.addVersion(other, versionOf(other));
    });
    expect(await view.messages.earlierVersions(first, { limit: 100 })).toEqual([
      { revision: 3, text: 'better', writtenAt: LATER },
      { revision: 1, text: 'text 1', writtenAt: NOW },
    ]);
    const page = async (place: VersionsPage) =>
      (await view.messages.earlierVersions(first, place)).map(({ text }) => text);
    expect(await page({ limit: 1 })).toEqual(['better']);
    expect(await page({ before: revision(3), limit: 9 })).toEqual(['text 1']);
    expect(await page({ before: revision(1), limit: 9 })).toEqual([]);
    await unitOfWork.run((store) => store.messages.removeVersion(first, revision(1)));
    await unitOfWork.run((store) => store.messages.removeVersion(first, revision(2)));
    expect(await view.messages.earlierVersions(first, { limit: 100 })).toHaveLength(1);
    await unitOfWork.run((store) => store.messages.removeVersions(first));
    expect(await view.messages.earlierVersions(first, { limit: 100 })).toEqual([]);
    expect(await view.messages.earlierVersions(other, { limit: 100 })).toHaveLength(1);
    expect(await view.messages.changedAfter(chat.id, ALL, 10)).toHaveLength(2);
  });

  it('restores a message as it was', async () => {
    const { unitOfWork, view, messages, edit, remove, change } = await openedWithMessages(1);
    const [first] = messages;
    if (!first) throw new Error('There is one.');
    const better = await edit(first, 'better');
    assertText(better);
    const gone = await remove(better);
    if (gone.kind !== 'deleted') throw new Error('It is deleted.');
    const back = await change((next) => restored(gone, versionOf(better), next));
    expect(back).toEqual({ ...better, revision: 4 });
    expect(await view.messages.find(first)).toEqual(back);
    await unitOfWork.run((store) => store.messages.removeVersions(first));
  });

  it('lists pinned messages, the last pinned first, without those that were unpinned or deleted', async () => {
    const { view, ada, chat, messages, change, remove } = await openedWithMessages(4);
    const [first, second, third, fourth] = messages;
    if (!first || !second || !third || !fourth) throw new Error('There are four.');
    expect(await view.messages.pinned(chat.id)).toEqual([]);
    const pin = (message: TextMessage, at: number) => change((next) => pinned(message, { by: ada.id, at }, next));
    const [one, other] = [await pin(first, LATER + 1), await pin(second, LATER)];
    await pin(third, LATER + 2);
    await pin(fourth, LATER + 3);
    expect(await view.messages.pinned(chat.id)).toHaveLength(4);
    await remove(third);
    await change((next) => unpinned(fourth, next));
    expect(await view.messages.pinned(chat.id)).toEqual([one, other]);
    expect(await view.messages.find(first)).toEqual(one);
  });

  it('leaves hidden tombstones out of the history, and tells of them as of every change', async () => {
    const { view, bob, chat, messages, change } = await openedWithMessages(3);
    const [first, second, third] = messages;
    if (!first || !second || !third) throw new Error('There are three.');
    const hide = (message: TextMessage) =>
      change((next) => tombstone(message, { revision: next, by: bob.id, at: LATER, isHidden: true }));
    const gone = await hide(second);
    expect(gone).toMatchObject({ kind: 'deleted', isHidden: true });
    expect(await view.messages.before(chat.id, undefined, 2)).toEqual([first, third]);
    expect(await view.messages.after(chat.id, first.position, 2)).toEqual([third]);
    expect(await view.messages.find(second)).toEqual(gone);
    expect(await view.messages.changedAfter(chat.id, third.position, 9)).toEqual([gone]);
    if (gone.kind !== 'deleted') throw new Error('It is deleted.');
    const back = await change((next) => restored(gone, versionOf(second), next));
    expect(await view.messages.before(chat.id, undefined, 9)).toEqual([first, back, third]);
  });

  it('keeps nothing of a change whose unit fails', async () => {
    const { unitOfWork, view, chat, messages } = await openedWithMessages(1);
    const [first] = messages;
    if (!first) throw new Error('There is one.');
    const failing = unitOfWork.run(async (store) => {
      const next = await store.chats.nextRevision(chat.id);
      await store.messages.addVersion(first, versionOf(first));
      await store.messages.change(tombstone(first, { revision: next, by: first.author.id, at: LATER }));
      throw new Error('not this time');
    });
    await expect(failing).rejects.toThrow('not this time');
    expect(await view.messages.changedAfter(chat.id, ALL, 10)).toEqual([first]);
    expect(await view.messages.earlierVersions(first, { limit: 100 })).toEqual([]);
  });
}
