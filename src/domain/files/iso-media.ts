import { ascii, type Size, uint32be } from './read-bytes.ts';

const TYPES: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
  mif1: 'image/heic',
  msf1: 'image/heic',
  'M4A ': 'audio/mp4',
  'M4B ': 'audio/mp4',
  'qt  ': 'video/quicktime',
};

/** A file of the ISO base media format. The brand at its beginning says which. */
export function isoMedia(head: Uint8Array): { readonly type: string; readonly size: Size | undefined } {
  const brand = ascii(head, 8, 4);
  const compatible = ascii(head, 16, Math.min(64, Math.max(0, uint32be(head, 0) - 16)));
  const type = brand === 'mif1' && compatible.includes('avif') ? 'image/avif' : (TYPES[brand] ?? 'video/mp4');
  return { type, size: type === 'image/avif' ? imageSize(head) : undefined };
}

/** The largest size that the item properties name: smaller ones are of thumbnails and of tiles. */
function imageSize(head: Uint8Array): Size | undefined {
  let largest: Size | undefined;
  for (let at = 0; at + 16 <= Math.min(head.length, 4_096); at += 1) {
    if (head[at] !== 0x69 || ascii(head, at, 4) !== 'ispe') continue;
    const size = { width: uint32be(head, at + 8), height: uint32be(head, at + 12) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}
