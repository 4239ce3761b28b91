import type { Browser } from 'playwright-core';

const QUALITY = 0.82;

export interface PicturePress {
  /** The same picture in a tenth of the bytes: PNG compresses gradients badly. */
  webp(png: Buffer): Promise<Buffer>;
}

/** Converts pictures in the browser that takes them, which needs no package. */
export async function openPicturePress(browser: Browser): Promise<PicturePress> {
  const page = await browser.newPage();
  return {
    async webp(png) {
      const source = `data:image/png;base64,${png.toString('base64')}`;
      const encoded = await page.evaluate<string>(`(async () => {
        const image = new Image();
        image.src = '${source}';
        await image.decode();
        const canvas = document.createElement('canvas');
        canvas.width = image.naturalWidth;
        canvas.height = image.naturalHeight;
        canvas.getContext('2d').drawImage(image, 0, 0);
        return canvas.toDataURL('image/webp', ${QUALITY});
      })()`);
      return Buffer.from(encoded.split(',')[1] ?? '', 'base64');
    },
  };
}
