import { isoMedia } from './iso-media.ts';
import { jpegSize } from './jpeg.ts';
import { ascii, type Size, uint16le, uint24le, uint32be } from './read-bytes.ts';

/** What the bytes of a file say about it. Its name and the type that its sender claims do not matter. */
export interface Recognised {
  readonly type: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** A file of no type that is known. It is never shown by the browser. */
const UNKNOWN: Recognised = { type: 'application/octet-stream', width: null, height: null };

/** The bytes at the beginning of a file that are examined. The size of a JPEG can come after other data. */
export const EXAMINED_BYTES = 128 * 1024;

interface Signature {
  readonly matches: (head: Uint8Array) => boolean;
  readonly type: string | ((head: Uint8Array) => string);
  readonly size?: (head: Uint8Array) => Size | undefined;
}

const at = (offset: number, text: string) => (head: Uint8Array) => ascii(head, offset, text.length) === text;
const bytes =
  (...values: readonly number[]) =>
  (head: Uint8Array) =>
    values.every((value, index) => head[index] === value);

const SIGNATURES: readonly Signature[] = [
  {
    matches: bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    type: 'image/png',
    size: (head) => ({ width: uint32be(head, 16), height: uint32be(head, 20) }),
  },
  { matches: bytes(0xff, 0xd8, 0xff), type: 'image/jpeg', size: jpegSize },
  {
    matches: (head) => at(0, 'GIF87a')(head) || at(0, 'GIF89a')(head),
    type: 'image/gif',
    size: (head) => ({ width: uint16le(head, 6), height: uint16le(head, 8) }),
  },
  { matches: (head) => at(0, 'RIFF')(head) && at(8, 'WEBP')(head), type: 'image/webp', size: webpSize },
  { matches: (head) => at(0, 'RIFF')(head) && at(8, 'WAVE')(head), type: 'audio/wav' },
  { matches: at(4, 'ftyp'), type: (head) => isoMedia(head).type, size: (head) => isoMedia(head).size },
  { matches: bytes(0x1a, 0x45, 0xdf, 0xa3), type: (head) => (hasDocType(head, 'webm') ? 'video/webm' : UNKNOWN.type) },
  { matches: at(0, 'OggS'), type: (head) => (hasText(head, 'theora') ? UNKNOWN.type : 'audio/ogg') },
  { matches: at(0, 'fLaC'), type: 'audio/flac' },
  { matches: at(0, 'ID3'), type: 'audio/mpeg' },
  { matches: isMpegFrame, type: 'audio/mpeg' },
  { matches: at(0, '%PDF-'), type: 'application/pdf' },
  { matches: bytes(0x50, 0x4b, 0x03, 0x04), type: 'application/zip' },
];

/** @param head the first EXAMINED_BYTES of the file, or all of them */
export function recognise(head: Uint8Array): Recognised {
  const signature = SIGNATURES.find(({ matches }) => matches(head));
  if (!signature) return UNKNOWN;
  const type = typeof signature.type === 'string' ? signature.type : signature.type(head);
  const size = signature.size?.(head);
  const isSound = size !== undefined && isSide(size.width) && isSide(size.height);
  return { type, width: isSound ? size.width : null, height: isSound ? size.height : null };
}

const LONGEST_SIDE = 65_535;

const isSide = (pixels: number): boolean => pixels >= 1 && pixels <= LONGEST_SIDE;

function webpSize(head: Uint8Array): Size | undefined {
  switch (ascii(head, 12, 4)) {
    case 'VP8 ':
      return { width: uint16le(head, 26) & 0x3fff, height: uint16le(head, 28) & 0x3fff };
    case 'VP8L': {
      const bits = uint16le(head, 21) + uint16le(head, 23) * 65_536;
      return { width: (bits % 16_384) + 1, height: (Math.floor(bits / 16_384) % 16_384) + 1 };
    }
    case 'VP8X':
      return { width: uint24le(head, 24) + 1, height: uint24le(head, 27) + 1 };
    default:
      return undefined;
  }
}

/** The header of an MPEG audio frame of layer III whose next frame follows where it should is rare in other files. */
function isMpegFrame(head: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = head;
  return first === 0xff && (second & 0xe6) === 0xe2 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c;
}

const hasDocType = (head: Uint8Array, name: string): boolean => ascii(head, 0, 64).includes(name);

const hasText = (head: Uint8Array, text: string): boolean => ascii(head, 0, 256).includes(text);
