import type { Pictures, PicturesView } from '../../application/ports/pictures.ts';
import { blobsOf, type OwnedPicture, type PictureOwner } from '../../domain/pictures/picture.ts';
import type { PictureKey } from './rows.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

const keyOf = ({ kind, id }: PictureOwner): PictureKey => `${kind}/${id}`;

export function makeMemoryPictures(tables: Tables): Pictures {
  const { pictures } = tables;
  return {
    ...makeMemoryPicturesView(tables, 'current'),
    async put(owner, picture) {
      const before = pictures.current.get(keyOf(owner));
      pictures.put(keyOf(owner), { owner, picture });
      const kept = new Set(blobsOf(picture));
      return before ? blobsOf(before.picture).filter((key) => !kept.has(key)) : [];
    },
    async remove(owner) {
      const before = pictures.current.get(keyOf(owner));
      if (!before) return [];
      pictures.remove(keyOf(owner));
      return blobsOf(before.picture);
    },
  };
}

export function makeMemoryPicturesView({ pictures, chatsOfUsers }: Tables, moment: Moment): PicturesView {
  const inOrder = () => [...pictures[moment].values()].toSorted((one, other) => order(one.owner, other.owner));
  return {
    find: async (owner) => pictures[moment].get(keyOf(owner))?.picture,
    async seenBy(userId, limit) {
      const chats = new Set(chatsOfUsers[moment].get(userId) ?? []);
      const isSeen = ({ owner }: OwnedPicture) =>
        owner.kind === 'chat'
          ? chats.has(owner.id)
          : owner.id === userId || (chatsOfUsers[moment].get(owner.id) ?? []).some((id) => chats.has(id));
      const seen = inOrder().filter(isSeen);
      const [people, ofChats] = (['user', 'chat'] as const).map((kind) =>
        seen.filter(({ owner }) => owner.kind === kind).slice(0, limit),
      );
      return [...(people ?? []), ...(ofChats ?? [])];
    },
    after: async (last, limit) =>
      inOrder()
        .filter(({ owner }) => !last || order(owner, last) > 0)
        .slice(0, limit),
  };
}

const order = (one: PictureOwner, other: PictureOwner): number =>
  one.kind === other.kind ? one.id - other.id : one.kind < other.kind ? -1 : 1;
