export interface Secrets {
  /** A new random token: 256 bits, 43 characters of base64url. */
  token(): string;
  /** The token's SHA-256, base64url. It is stored in place of the token. */
  digest(token: string): string;
  /** This many random bytes as base32, in capitals and without padding. */
  base32(bytes: number): string;
  /** The code of 6 digits of a time step, by RFC 6238 with HMAC-SHA-1. @param secret base32 */
  timeCode(secret: string, step: number): string;
  /** The HMAC-SHA-256 of the text under the key, base64url. */
  mac(key: string, text: string): string;
  /** Whether `claimed` is the MAC of the text under the key. Takes constant time. */
  isMac(claimed: string, key: string, text: string): boolean;
}
