import { randomBytes, randomInt } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** Higher levels take twice the time for a tenth less. */
const LEVEL = 4;
/** In bytes. Each is 4/3 of a character of base64, and costs one byte when it is compressed. */
const MAX_PADDING = 128;

/**
 * The page compressed by gzip. Its length alone would reveal, to somebody who watches the connection and can write into the page, whether
 * a guess occurs in it (BREACH). Therefore a comment of random length follows the page, which no compression shortens.
 */
export function compressPage(page: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const padding = randomBytes(randomInt(MAX_PADDING + 1)).toString('base64url');
  return gzipSync(Buffer.concat([Buffer.from(page), Buffer.from(`<!-- ${padding} -->\n`)]), { level: LEVEL });
}
