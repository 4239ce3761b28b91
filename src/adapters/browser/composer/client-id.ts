const TIME_LENGTH = 9;
const RANDOM_BYTES = 10;

/**
 * Makes the idempotency keys of messages. Each begins with the time, so that the server's index grows at its end, and sorts
 * after the one before, also within one millisecond. `crypto.randomUUID` is missing on plain-HTTP sites.
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
