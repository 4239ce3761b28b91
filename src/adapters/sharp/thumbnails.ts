import { Readable } from 'node:stream';
import type { Thumbnails } from '../../application/ports/thumbnails.ts';
import { THUMBNAIL } from '../../domain/files/file.ts';

/** More than any camera has. An image of them takes 200 MB as it is decoded, if it has to be decoded at once. */
const MAX_PIXELS = 50_000_000;
const MAX_SECONDS = 10;
const QUALITY = 80;

/** The decoders that are allowed. Those of SVG, PDF and dozens of others stay blocked. */
const LOADERS = ['Png', 'Jpeg', 'NsgifSource', 'Nsgif', 'Webp', 'Heif'].flatMap((name) =>
  ['', 'File', 'Buffer', 'Source'].map((suffix) => `VipsForeignLoad${name}${suffix}`),
);

type Sharp = typeof import('sharp').default;

let loading: Promise<Sharp> | undefined;

/** Thumbnails by sharp, which is loaded with the first image: it takes some 30 MB. */
export function makeThumbnails(): Thumbnails {
  return {
    async make(image, { width, height } = THUMBNAIL) {
      const sharp = await loaded();
      const decoder = sharp({ limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
        .autoOrient()
        .resize({ width, height, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: QUALITY })
        .timeout({ seconds: MAX_SECONDS });
      const source = Readable.fromWeb(image as Parameters<typeof Readable.fromWeb>[0]);
      // What fails in the source makes the decoder fail too, for want of the rest.
      source.on('error', () => decoder.end());
      source.pipe(decoder);
      return decoder.toBuffer().then(
        (bytes) => new Uint8Array(bytes),
        () => {
          source.destroy();
          return undefined;
        },
      );
    },
    squares: makeSquares(),
  };
}

function makeSquares(): Thumbnails['squares'] {
  let last: Promise<unknown> = Promise.resolve();
  return (image, widths) => {
    const made = last.then(async () => squaresOf(await loaded(), image, widths));
    last = made.catch(() => undefined);
    return made;
  };
}

/** All are made of one square of the largest width, without loss in between. */
async function squaresOf(
  sharp: Sharp,
  image: Uint8Array,
  widths: readonly number[],
): Promise<readonly Uint8Array[] | undefined> {
  // Which sharp takes for a mistake of its caller.
  if (image.byteLength === 0) return undefined;
  const side = Math.max(...widths);
  const square = await sharp(image, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'cover' })
    .flatten({ background: '#fff' })
    .png()
    .timeout({ seconds: MAX_SECONDS })
    .toBuffer()
    .catch(() => undefined);
  if (!square) return undefined;
  const squares: Uint8Array[] = [];
  for (const width of widths)
    squares.push(new Uint8Array(await sharp(square).resize({ width }).webp({ quality: QUALITY }).toBuffer()));
  return squares;
}

function loaded(): Promise<Sharp> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  // One image at a time, by one thread, and nothing kept: requests come first.
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}
