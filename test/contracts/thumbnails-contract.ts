import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Thumbnails } from '../../src/application/ports/thumbnails.ts';

const WIDE = { width: 3000, height: 1000, channels: 3, background: '#3a8' } as const;

const streamOf = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]).stream();

/** Every maker of thumbnails runs this. */
export function thumbnailsContract(name: string, open: () => Thumbnails): void {
  describe(`thumbnails: ${name}`, () => {
    const make = async (bytes: Uint8Array) => {
      const made = await open().make(streamOf(bytes));
      return made && (await sharp(made).metadata());
    };

    it.each(['png', 'jpeg', 'gif', 'webp', 'avif'] as const)('makes them of %s, at most 1200 × 800', async (format) => {
      const made = await make(await sharp({ create: WIDE }).toFormat(format).toBuffer());
      expect(made).toMatchObject({ format: 'webp', width: 1200, height: 400 });
    });

    it.each([1, 2, 3, 4, 5, 6, 7, 8])(
      'turns an image of EXIF orientation %i, and keeps no metadata',
      async (orientation) => {
        const exif = { IFD0: { Copyright: 'ada' }, IFD3: { GPSLatitude: '52/1 0/1 0/1' } };
        const image = sharp({ create: { ...WIDE, width: 300, height: 100 } })
          .withExif(exif)
          .withMetadata({ orientation });
        const made = await make(await image.jpeg().toBuffer());
        const isTurned = orientation >= 5;
        expect(made).toMatchObject({ width: isTurned ? 100 : 300, height: isTurned ? 300 : 100 });
        expect([made?.exif, made?.orientation, made?.xmp, made?.iptc]).toEqual([
          undefined,
          undefined,
          undefined,
          undefined,
        ]);
      },
    );

    const squares = async (bytes: Uint8Array) => {
      const made = await open().squares(new Uint8Array(bytes), [48, 96]);
      return made && Promise.all(made.map((one) => sharp(one).metadata()));
    };

    it.each([1, 6])(
      'makes squares of EXIF orientation %i, without metadata, opaque, also of small images',
      async (orientation) => {
        for (const [width, height] of [
          [300, 100],
          [20, 40],
        ] as const) {
          const image = sharp({ create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
          const exif = { IFD0: { Copyright: 'ada' }, IFD3: { GPSLatitude: '52/1 0/1 0/1' } };
          const made = await squares(await image.withExif(exif).withMetadata({ orientation }).webp().toBuffer());
          for (const [index, side] of [48, 96].entries()) {
            const one = made?.[index];
            expect(one).toMatchObject({ format: 'webp', width: side, height: side, hasAlpha: false });
            expect([one?.exif, one?.orientation]).toEqual([undefined, undefined]);
          }
        }
      },
    );

    it('makes squares of the middle', async () => {
      const red = await sharp({ create: { ...WIDE, width: 100, height: 100, background: '#f00' } })
        .png()
        .toBuffer();
      const image = sharp({ create: { ...WIDE, width: 300, height: 100, background: '#00f' } });
      const [made] =
        (await open().squares(
          await image
            .composite([{ input: red }])
            .png()
            .toBuffer(),
          [48],
        )) ?? [];
      const { data } = await sharp(made).raw().toBuffer({ resolveWithObject: true });
      for (const at of [0, 47 * 3, data.length - 3])
        expect([...data.subarray(at, at + 3)]).toSatisfy(([r = 0, _g, b = 255]: number[]) => r > 240 && b < 16);
    });

    it('makes none of SVG, of what is damaged, or of too many pixels', async () => {
      const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
      const png = await sharp({ create: WIDE }).png().toBuffer();
      const bomb = await sharp({ create: { ...WIDE, width: 12_000, height: 12_000 } })
        .png()
        .toBuffer();
      const bad = [Buffer.from(svg), png.subarray(0, png.length / 2), Buffer.from('GIF89a'), Buffer.of(), bomb];
      for (const bytes of bad) expect([await make(bytes), await squares(bytes)]).toEqual([undefined, undefined]);
      // One that fails does not hold up the next.
      expect(await squares(png)).toHaveLength(2);
    });
  });
}
