import { expect, it } from 'vitest';
import type { Picture, PictureOwner } from '../../../src/domain/pictures/picture.ts';
import { aBlobKey, insertChat, insertUser } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(aBlobKey) as [Picture[48], Picture[48], Picture[48], Picture[48]];
const PICTURE: Picture = { 48: a, 96: b, 256: c };

/** Ada and Bob are in the lobby. */
export function picturesContract(open: OpenStorage): void {
  async function opened() {
    const world = await openedWithChat(open);
    const { unitOfWork, ada, chat } = world;
    const [person, group]: [PictureOwner, PictureOwner] = [
      { kind: 'user', id: ada.id },
      { kind: 'chat', id: chat.id },
    ];
    const put = (owner: PictureOwner, picture: Picture) =>
      unitOfWork.run(({ pictures }) => pictures.put(owner, picture));
    return { ...world, person, group, put };
  }

  it('are kept of people and chats with the same id, and replaced', async () => {
    const { view, put, person, group } = await opened();
    expect([person.id, await view.pictures.find(person)]).toEqual([group.id, undefined]);
    expect(await put(person, PICTURE)).toEqual([]);
    expect(await put(group, { ...PICTURE, 48: d })).toEqual([]);
    expect(await view.pictures.find(person)).toEqual(PICTURE);
    // What the new picture has too is not given up.
    expect(await put(person, { ...PICTURE, 48: d })).toEqual([a]);
    expect(await view.pictures.find(person)).toEqual({ ...PICTURE, 48: d });
    expect(await put(person, { ...PICTURE, 48: d })).toEqual([]);
  });

  it('are removed once', async () => {
    const { view, unitOfWork, put, person, group } = await opened();
    await put(person, PICTURE);
    await put(group, PICTURE);
    const remove = () => unitOfWork.run(({ pictures }) => pictures.remove(person));
    expect([await remove(), await remove()]).toEqual([[a, b, c], []]);
    expect([await view.pictures.find(person), await view.pictures.find(group)]).toEqual([undefined, PICTURE]);
  });

  it('name their blobs, in all sizes', async () => {
    const { view, put, person } = await opened();
    await put(person, PICTURE);
    expect(await view.files.named([a, b, c, d])).toEqual(new Set([a, b, c]));
  });

  it('are seen by those who share a chat with the person, and of the chats that one is in', async () => {
    const { view, unitOfWork, put, ada, bob, person, group } = await opened();
    const [eve, other] = await unitOfWork.run(async (store) => {
      const eve = await insertUser(store, 'eve');
      return [eve, await insertChat(store, 'Den', eve)];
    });
    const owners: PictureOwner[] = [person, { kind: 'user', id: eve.id }, group, { kind: 'chat', id: other.id }];
    for (const owner of owners) await put(owner, PICTURE);
    const seen = async (id: typeof ada.id, limit = 10) =>
      (await view.pictures.seenBy(id, limit)).map(({ owner, picture }) => {
        expect(picture).toEqual(PICTURE);
        return owner;
      });
    expect(await seen(ada.id)).toEqual([person, group]);
    expect(await seen(bob.id)).toEqual([person, group]);
    expect(await seen(eve.id)).toEqual([owners[1], owners[3]]);
    await put({ kind: 'user', id: bob.id }, PICTURE);
    expect(await seen(ada.id)).toEqual([person, { kind: 'user', id: bob.id }, group]);
    expect(await seen(ada.id, 1)).toEqual([person, group]);
    await unitOfWork.run(({ members }) => members.remove(other.id, eve.id));
    expect(await seen(eve.id)).toEqual([owners[1]]);
  });

  it('are listed in one order, page by page', async () => {
    const { view, put, person, group } = await opened();
    await put(person, PICTURE);
    await put(group, PICTURE);
    const first = await view.pictures.after(undefined, 1);
    const second = await view.pictures.after(first[0]?.owner, 1);
    expect([...first, ...second].map(({ owner }) => owner)).toEqual([group, person]);
    expect(await view.pictures.after(second[0]?.owner, 1)).toEqual([]);
  });
}
