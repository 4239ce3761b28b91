const TIME_LENGTH = 9;
const RANDOM_BYTES = 10;

/**
 * Names for messages before the server knows them. Each begins with the time, so that the server's index of them grows at
 * its end, and comes after the one before, were they made in the same millisecond. `crypto.randomUUID` would not do:
 * browsers lack it on plain-HTTP sites.
 * @param random fills its argument, as `crypto.getRandomValues` does
 */
export function clientIds(now: () => number, random: (bytes: Uint8Array<ArrayBuffer>) => void): () => string {
  let last = 0;
  return () => {
    last = Math.max(now(), last + 1);
    const bytes = new Uint8Array(RANDOM_BYTES);
    random(bytes);
    const time = last.toString(36).padStart(TIME_LENGTH, '0');
    return `${time}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  };
}
