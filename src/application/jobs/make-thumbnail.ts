import type { Blobs } from '../ports/blobs.ts';
import type { Storage } from '../ports/storage.ts';
import type { Thumbnails } from '../ports/thumbnails.ts';
import type { JobHandler } from './job-handlers.ts';

/** Makes the small picture of an image, or notes that it has none. A file that is gone needs none. */
export function makeMakeThumbnail({
  unitOfWork,
  view,
  blobs,
  thumbnails,
}: Pick<Storage, 'unitOfWork' | 'view'> & {
  readonly blobs: Blobs;
  readonly thumbnails: Thumbnails;
}): JobHandler<'make_thumbnail'> {
  return async ({ fileId }) => {
    const file = await view.files.find(fileId);
    if (!file || file.thumbnail === 'none') return;
    // It may be named, and its bytes did not get into the store.
    if (file.thumbnail !== null && (await blobs.size(file.thumbnail)) !== undefined) return;
    const image = await blobs.open(file.blob);
    // The row is committed before its blob is there.
    if (!image) throw new Error('The bytes of the file are not there yet.');
    const made = await thumbnails.make(image);
    if (!made) {
      await unitOfWork.run(({ files }) => files.setThumbnail(fileId, 'none'));
      return;
    }
    const received = await blobs.receive(one(made), made.byteLength);
    const isThere = await unitOfWork.run(({ files }) => files.setThumbnail(fileId, received.key));
    await (isThere ? received.keep() : received.discard());
  };
}

async function* one(bytes: Uint8Array) {
  yield bytes;
}
