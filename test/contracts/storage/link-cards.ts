import { expect, it } from 'vitest';
import type { KnownPage, NewCard } from '../../../src/application/ports/link-cards.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { tombstone } from '../../../src/domain/messages/changes.ts';
import { aBlobKey, insertMessage, NOW } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

const HREF = 'https://example.org/cats';
const IMAGE = { blob: aBlobKey('a'), bytes: 300, width: 64, height: 32 };
const PAGE: KnownPage = { title: 'Cats', description: 'All of them', site: 'Example', image: IMAGE };

/** Ada and Bob are in the lobby, where Ada has said something. */
export function linkCardsContract(open: OpenStorage): void {
  async function opened() {
    const world = await openedWithChat(open);
    const { unitOfWork, ada, chat, view } = world;
    const take = (now: number, renew = false, href = HREF) =>
      unitOfWork.run(({ linkCards }) => linkCards.take(href, { now, leaseMs: 1_000, renew }));
    const note = (page: KnownPage | 'none', until: number, href = HREF) =>
      unitOfWork.run(({ linkCards }) => linkCards.note(href, page, until));
    await unitOfWork.run((store) => insertMessage(store, chat, ada, {}));
    const place = { chatId: chat.id, position: revision(1) };
    const set = (card: NewCard | 'removed' | null) =>
      unitOfWork.run(async (store) => {
        const next = await store.chats.nextRevision(chat.id);
        return store.linkCards.set(place, card, next);
      });
    const read = async () => {
      const message = await view.messages.find(place);
      return message?.kind === 'text' ? { card: message.card, revision: message.revision } : undefined;
    };
    return { ...world, take, note, place, set, read, card: { ...PAGE, href: HREF, uploaderId: ada.id, at: NOW } };
  }

  it('are visited by one at a time, until the lease ends', async () => {
    const { take, unitOfWork } = await opened();
    expect([await take(NOW), await take(NOW), await take(NOW + 999)]).toEqual(['yours', 'theirs', 'theirs']);
    expect([await take(NOW + 1_000), await take(NOW + 1_999)]).toEqual(['yours', 'theirs']);
    await unitOfWork.run(({ linkCards }) => linkCards.release(HREF));
    expect([await take(NOW + 1_999), await take(NOW, false, `${HREF}?`)]).toEqual(['yours', 'yours']);
  });

  it('of many that take a page at once, one gets it', async () => {
    const { take } = await opened();
    const taken = await Promise.all(Array.from({ length: 20 }, () => take(NOW)));
    expect(taken.filter((one) => one === 'yours')).toEqual(['yours']);
  });

  it('are known for a while, with what a visit found, or that there is nothing', async () => {
    const { take, note } = await opened();
    await take(NOW);
    await note(PAGE, NOW + 100);
    expect([await take(NOW + 99), await take(NOW + 99, false, `${HREF}?`)]).toEqual([PAGE, 'yours']);
    expect([await take(NOW + 99, true), await take(NOW + 99, true), await take(NOW + 99)]).toEqual([
      'yours',
      'theirs',
      PAGE,
    ]);
    await note('none', NOW + 200);
    expect([await take(NOW + 199), await take(NOW + 200)]).toEqual(['none', 'yours']);
  });

  it('are forgotten after that, but not while they are visited', async () => {
    const { take, note, unitOfWork } = await opened();
    for (const path of ['a', 'b', 'c']) await note(PAGE, NOW, HREF + path);
    await note(PAGE, NOW + 1, `${HREF}d`);
    await take(NOW, false, `${HREF}e`);
    const remove = (limit: number) => unitOfWork.run(({ linkCards }) => linkCards.removeExpired(NOW, limit));
    expect([await remove(2), await remove(2), await remove(2)]).toEqual([2, 1, 0]);
    expect([await take(NOW, false, `${HREF}d`), await take(NOW, false, `${HREF}e`)]).toEqual([PAGE, 'theirs']);
  });

  it('belong to a message, whose revision they change, and their image is one of its files in the store', async () => {
    const { set, read, card, view, chat, ada, place } = await opened();
    expect(await read()).toEqual({ card: null, revision: 1 });
    const { card: stored, dropped } = await set(card);
    const { image, ...texts } = PAGE;
    expect(stored).toEqual({ ...texts, href: HREF, image: { id: expect.any(Number), width: 64, height: 32 } });
    expect([dropped, await read()]).toEqual([[], { card: stored, revision: 2 }]);
    expect(await view.messages.changedAfter(chat.id, revision(1), 10)).toMatchObject([{ card: stored, files: [] }]);
    expect(await view.messages.findBare(place)).toMatchObject({ card: stored, files: [] });
    const id = stored && stored !== 'removed' ? stored.image?.id : undefined;
    expect(id && (await view.files.find(id))).toMatchObject({
      ...{ ...IMAGE, uploaderId: ada.id, position: 1, type: 'image/webp', thumbnail: 'none', stagedAt: NOW },
    });
    expect(image && (await view.files.named([image.blob]))).toEqual(new Set([IMAGE.blob]));
  });

  it('are replaced and removed with their image', async () => {
    const { set, read, card, view } = await opened();
    await set(card);
    const { card: second, dropped } = await set({ ...card, title: 'Dogs', image: null });
    expect([dropped, second, await view.files.named([IMAGE.blob])]).toEqual([
      [IMAGE.blob],
      { href: HREF, title: 'Dogs', description: 'All of them', site: 'Example', image: null },
      new Set(),
    ]);
    expect((await set(card)).dropped).toEqual([]);
    expect(await set('removed')).toEqual({ card: 'removed', dropped: [IMAGE.blob] });
    expect(await read()).toEqual({ card: 'removed', revision: 5 });
    expect(await set(null)).toEqual({ card: null, dropped: [] });
    expect(await read()).toEqual({ card: null, revision: 6 });
  });

  it('stay through other changes of a message, and go with its files', async () => {
    const { set, read, card, unitOfWork, place, chat, ada, view } = await opened();
    const { card: stored } = await set(card);
    await unitOfWork.run(async (store) => {
      const message = await store.messages.find(place);
      if (message?.kind !== 'text') throw new Error('It is a text.');
      const next = await store.chats.nextRevision(chat.id);
      await store.messages.change({ ...message, revision: next, pin: { by: ada.id, at: NOW } });
    });
    expect(await read()).toEqual({ card: stored, revision: 3 });
    const removed = await unitOfWork.run(async (store) => {
      const message = await store.messages.find(place);
      if (message?.kind !== 'text') throw new Error('It is a text.');
      const next = await store.chats.nextRevision(chat.id);
      await store.messages.change(tombstone(message, { revision: next, by: ada.id, at: NOW }));
      return store.files.removeOf(place);
    });
    expect([removed, await view.files.named([IMAGE.blob])]).toEqual([[IMAGE.blob], new Set()]);
  });

  it('go with messages that a chat keeps no longer', async () => {
    const { set, card, unitOfWork, chat, place, view } = await opened();
    await set(card);
    const range = { after: revision(0), through: place.position };
    const removed = await unitOfWork.run(({ messages }) => messages.removeRange(chat.id, range));
    expect([removed, await view.files.named([IMAGE.blob])]).toEqual([[IMAGE.blob], new Set()]);
  });
}
