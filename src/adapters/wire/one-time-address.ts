/**
 * What apps for one-time codes read, mostly from a QR code: https://github.com/google/google-authenticator/wiki/Key-Uri-Format.
 * SHA-1, 6 digits and 30 seconds are what an address means that does not say otherwise.
 */
export function oneTimeAddress({
  secret,
  username,
  host,
}: {
  /** Base32. */
  readonly secret: string;
  readonly username: string;
  /** Tells the installations of one person apart. */
  readonly host: string;
}): string {
  const issuer = encodeURIComponent(`Shoal (${host.replaceAll(':', ' ')})`);
  return `otpauth://totp/${issuer}:${encodeURIComponent(username)}?secret=${secret}&issuer=${issuer}`;
}
