import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { WebPage, WebPages } from '../../src/application/ports/web-pages.ts';

const icon = readFileSync(join(import.meta.dirname, '../../static/icons/icon-512.png'));
const banner = sharp({ create: { width: 1200, height: 630, channels: 3, background: '#0b8fa8' } })
  .composite([{ input: icon }])
  .png()
  .toBuffer();

const PAGES: Readonly<
  Record<string, Omit<WebPage, 'image'> & { readonly image: () => Promise<Uint8Array> | undefined }>
> = {
  'https://almanac.example/tides': {
    title: 'How tides work, and why two a day are not quite enough',
    description:
      'The moon pulls at the near side more than at the far side, and the water follows. With pictures and a few numbers.',
    site: 'Almanac of the Sea',
    image: () => banner,
  },
  'https://harbours.example/list': {
    title: 'Harbour list',
    description: 'All harbours of the coast with depth and fees.',
    site: 'Harbours',
    image: async () => icon,
  },
  'https://plain.example/': { title: 'A page with a title only', description: '', site: '', image: () => undefined },
};

/** Stands in for the web. */
export const linkedPages: WebPages = {
  async visit(href) {
    const page = PAGES[href];
    return page ? { ...page, image: await page.image() } : 'none';
  },
};
