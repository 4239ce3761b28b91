const TIME_LENGTH = 9;
const RANDOM_BYTES = 10;

/**
 * A message's name before the server knows it. It begins with the time, so that the server's index of them grows at its
 * end. `crypto.randomUUID` would not do: browsers lack it on plain-HTTP sites.
 * @param random fills its argument, as `crypto.getRandomValues` does
 */
export function newClientId(now: number, random: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  const bytes = new Uint8Array(RANDOM_BYTES);
  random(bytes);
  const time = now.toString(36).padStart(TIME_LENGTH, '0');
  return `${time}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
