import { DomainError } from '../../../domain/errors.ts';
import { hasThumbnail } from '../../../domain/files/file.ts';
import { recognise } from '../../../domain/files/recognise.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import { MAX_PICTURE_BYTES, PICTURE_SIZES, type Picture, versionOf } from '../../../domain/pictures/picture.ts';
import type { Actor } from '../../actor.ts';
import type { Blobs, ReceivedBlob } from '../../ports/blobs.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Thumbnails } from '../../ports/thumbnails.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { withinLimit } from '../../within-limit.ts';
import { addNotice } from '../chats/add-notice.ts';
import { removeBlobs } from '../files/remove-blobs.ts';
import type { FileRules } from '../files/stage-file.ts';
import { settleAccount } from '../identity/settle-account.ts';
import { changeablePicture, type Pictured, sayPictured } from './pictured.ts';

export interface PictureUpload extends Pictured {
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * Makes the middle of an image the picture of the actor or of a chat, in all sizes, upright and without metadata. That of a chat adds a notice.
 * Nothing of the image itself is kept.
 * @throws DomainError `forbidden`, also when there is no such chat; `direct_chat`, `archived`; `invalid_picture` for what is no image that can be
 * shown; `file_too_large`, `no_room`, `uploads_off`, `too_many_requests`, `unavailable`, and what `chunks` throws
 */
export type SetPicture = (actor: Actor, upload: PictureUpload) => Promise<Picture>;

interface Deps {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly blobs: Blobs;
  readonly thumbnails: Thumbnails;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly rateLimits: RateLimits;
  readonly fileRules: FileRules;
}

export function makeSetPicture(deps: Deps): SetPicture {
  const { view, rateLimits, fileRules } = deps;

  return async (actor, upload) => {
    const { user } = actor;
    await changeablePicture(view, { ...upload, user });
    if (!fileRules.isOn) throw new DomainError('uploads_off', 'This server does not take files.');
    const limited = { limit: 'pictures', key: `${user.id}`, refusal: 'You have changed pictures often.' } as const;
    const set = await withinLimit(rateLimits, limited, async () => {
      const received = await receiveSquares(deps, await readImage(upload.chunks));
      try {
        return await keep(deps, actor, { ...upload, received });
      } catch (error) {
        for (const one of received) await one.discard();
        throw error;
      }
    });
    const { owner, picture, replaced, message } = set;
    await removeBlobs(deps, replaced);
    if (message) deps.broadcast.publishToChat(message.chatId, { type: 'message_posted', message });
    await sayPictured(deps, { owner, version: versionOf(picture) });
    return picture;
  };
}

async function keep(
  deps: Deps,
  { user }: Actor,
  { chatId, received }: Pictured & { readonly received: readonly ReceivedBlob[] },
) {
  const { unitOfWork, clock } = deps;
  const picture = pictureOf(received);
  const sentAt = clock.now();
  const stored = await unitOfWork.run(async (store) => {
    const owner = await changeablePicture(store, { user, chatId });
    const replaced = await store.pictures.put(owner, picture);
    if (chatId === undefined) await settleAccount(store, user);
    const text = NOTICES.pictured(user.username);
    const message = chatId === undefined ? undefined : await addNotice(store, { chatId, author: user, text, sentAt });
    return { owner, picture, replaced, message };
  });
  for (const one of received) await one.keep();
  return stored;
}

/** @throws DomainError `file_too_large`, and what `chunks` throws */
async function readImage(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_PICTURE_BYTES)
      throw new DomainError('file_too_large', `The image can have ${MAX_PICTURE_BYTES} bytes.`);
    parts.push(new Uint8Array(chunk));
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** One for each size. @throws DomainError `invalid_picture`, `no_room` */
async function receiveSquares({ blobs, thumbnails }: Deps, image: Uint8Array): Promise<readonly ReceivedBlob[]> {
  const isImage = hasThumbnail(recognise(image).type);
  const squares = isImage ? await thumbnails.squares(image, PICTURE_SIZES) : undefined;
  if (!squares)
    throw new DomainError('invalid_picture', 'This is no PNG, JPEG, GIF, WebP or AVIF image that can be shown.');
  const received: ReceivedBlob[] = [];
  try {
    for (const bytes of squares) received.push(await blobs.receive(one(bytes), bytes.byteLength));
  } catch (error) {
    for (const blob of received) await blob.discard();
    throw error;
  }
  return received;
}

async function* one(bytes: Uint8Array) {
  yield bytes;
}

function pictureOf([small, medium, large]: readonly ReceivedBlob[]): Picture {
  if (!small || !medium || !large) throw new Error('A picture was not made in all sizes.');
  return { 48: small.key, 96: medium.key, 256: large.key };
}
