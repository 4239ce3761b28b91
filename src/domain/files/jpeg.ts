import { ascii, type Size, uint16be, uint16le } from './read-bytes.ts';

const START_OF_SCAN = 0xda;
const APP1 = 0xe1;
/** The markers of frames, which have the size. C4, C8 and CC are other segments. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** The size as the image is shown: cameras write it as it was taken, and in the EXIF data how to turn it. */
export function jpegSize(data: Uint8Array): Size | undefined {
  let isTurned = false;
  for (let at = 2; at + 9 < data.length && data[at] === 0xff; ) {
    const marker = data[at + 1] ?? 0;
    // Padding before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === START_OF_SCAN) return undefined;
    if (isFrame(marker)) {
      const [height, width] = [uint16be(data, at + 5), uint16be(data, at + 7)];
      return isTurned ? { width: height, height: width } : { width, height };
    }
    if (marker === APP1 && ascii(data, at + 4, 4) === 'Exif') isTurned = orientationIn(data.subarray(at + 10)) >= 5;
    at += 2 + Math.max(2, uint16be(data, at + 2));
  }
  return undefined;
}

const ORIENTATION = 0x0112;

/** @param tiff the EXIF data from its byte order on; 1 where it says nothing */
function orientationIn(tiff: Uint8Array): number {
  const isLittle = ascii(tiff, 0, 2) === 'II';
  const uint16 = isLittle ? uint16le : uint16be;
  const uint32 = (at: number) =>
    isLittle
      ? uint16le(tiff, at) + uint16le(tiff, at + 2) * 65_536
      : uint16be(tiff, at) * 65_536 + uint16be(tiff, at + 2);
  const directory = uint32(4);
  const entries = Math.min(uint16(tiff, directory), 200);
  for (let index = 0; index < entries; index += 1) {
    const entry = directory + 2 + index * 12;
    if (uint16(tiff, entry) === ORIENTATION) return uint16(tiff, entry + 8);
  }
  return 1;
}
