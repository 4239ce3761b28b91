const HEADROOM = 128 * 1024;
const READ = 256 * 1024;

/**
 * Every socket of the generator reads into this one buffer, so that a delivery costs no allocation. The room before
 * `READ_AT` is for the piece of a frame that the socket's last read ended with, so that a frame is always in one piece.
 */
export const received = Buffer.alloc(HEADROOM + READ);
export const receivedView = new DataView(received.buffer, received.byteOffset, received.byteLength);
export const READ_AT = HEADROOM;
export const readRegion = received.subarray(HEADROOM);

/** Puts the last read's unfinished frame before the new bytes; answers where the two begin. */
export function prepend(rest: Uint8Array): number {
  if (rest.length > HEADROOM) throw new Error('A frame longer than the generator has room for');
  const start = READ_AT - rest.length;
  received.set(rest, start);
  return start;
}

/** The number that four ASCII digits spell. */
export function fourDigits(at: number): number {
  const word = receivedView.getUint32(at, true);
  return (word & 15) * 1000 + ((word >> 8) & 15) * 100 + ((word >> 16) & 15) * 10 + ((word >> 24) & 15);
}
