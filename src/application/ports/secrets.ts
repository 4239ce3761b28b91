export interface Secrets {
  /** A new random token: 256 bits, 43 characters of base64url. */
  token(): string;
  /** The token's SHA-256, base64url. It is stored in place of the token. */
  digest(token: string): string;
  /** The HMAC-SHA-256 of the text under the key, base64url. */
  mac(key: string, text: string): string;
  /** Whether `claimed` is the MAC of the text under the key. Takes constant time. */
  isMac(claimed: string, key: string, text: string): boolean;
}
