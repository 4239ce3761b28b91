export interface Secrets {
  /** A new unguessable token: 256 bits, 43 characters of base64url. */
  token(): string;
  /** The token's SHA-256, base64url: what is stored in its place. */
  digest(token: string): string;
  /** The HMAC-SHA-256 of the text under the key, base64url. */
  mac(key: string, text: string): string;
  /** Whether `claimed` is what `mac` answers, in a time that does not depend on how much of it is right. */
  isMac(claimed: string, key: string, text: string): boolean;
}
