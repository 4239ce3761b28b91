import { mayRead } from '../../../domain/chats/permissions.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { BlobKey } from '../../../domain/files/file.ts';
import type { UserId } from '../../../domain/ids.ts';
import {
  type PictureOwner,
  type PictureSize,
  type PictureVersion,
  versionOf,
} from '../../../domain/pictures/picture.ts';
import type { Actor } from '../../actor.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { StoreView } from '../../ports/store.ts';

export interface PictureQuery {
  readonly owner: PictureOwner;
  readonly version: PictureVersion;
  readonly size: PictureSize;
}

export interface OpenedPicture {
  readonly key: BlobKey;
  readonly bytes: number;
  /** @throws DomainError `not_found` when it is gone meanwhile */
  read(): Promise<ReadableStream<Uint8Array>>;
}

/**
 * The present picture of the actor, of somebody who shares a chat with the actor, or of a chat of the actor's. To everybody else there is no such
 * picture.
 * @throws DomainError `not_found`, also where the owner has another picture by now
 */
export type OpenPicture = (actor: Actor, query: PictureQuery) => Promise<OpenedPicture>;

export function makeOpenPicture({ view, blobs }: { readonly view: StoreView; readonly blobs: Blobs }): OpenPicture {
  return async ({ user }, { owner, version, size }) => {
    const picture = await view.pictures.find(owner);
    if (!picture || versionOf(picture) !== version || !(await maySee(view, user.id, owner))) throw notFound();
    const key = picture[size];
    const bytes = await blobs.size(key);
    if (bytes === undefined) throw notFound();
    return {
      key,
      bytes,
      async read() {
        const stream = await blobs.open(key);
        if (!stream) throw notFound();
        return stream;
      },
    };
  };
}

async function maySee({ members }: StoreView, userId: UserId, owner: PictureOwner): Promise<boolean> {
  if (owner.kind === 'user') return owner.id === userId || (await members.companions(userId, [owner.id])).length > 0;
  const membership = await members.find(owner.id, userId);
  return membership !== undefined && mayRead(membership);
}

const notFound = () => new DomainError('not_found', 'There is no such picture.');
