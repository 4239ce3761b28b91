import { recognise } from '../../domain/files/recognise.ts';
import type { Blobs, ReceivedBlob } from '../ports/blobs.ts';
import type { PageImage } from '../ports/link-cards.ts';
import type { Thumbnails } from '../ports/thumbnails.ts';

/** In pixels: what a card shows, on a dense screen. */
const SIZE = { width: 640, height: 640 };
/** Smaller ones are marks for counting visits, or icons. */
const LEAST_SIDE = 32;

export interface CardImageDeps {
  readonly blobs: Blobs;
  readonly thumbnails: Thumbnails;
}

interface ImageCopy {
  readonly image: PageImage;
  readonly received: ReceivedBlob;
}

/** Encodes a page's image again and stages the copy; undefined when the bytes are not an image, or it is too small. */
export async function copyImage(
  { blobs, thumbnails }: CardImageDeps,
  original: Uint8Array | undefined,
): Promise<ImageCopy | undefined> {
  const made = original && (await thumbnails.make(streamOf(original), SIZE));
  if (!made) return undefined;
  const { width, height } = recognise(made);
  if (width === null || height === null || Math.min(width, height) < LEAST_SIDE) return undefined;
  const received = await blobs.receive(streamOf(made), made.byteLength);
  return { image: { blob: received.key, bytes: received.bytes, width, height }, received };
}

const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });
