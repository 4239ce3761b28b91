export interface Secrets {
  /** A new unguessable token: 256 bits, 43 characters of base64url. */
  token(): string;
  /** The token's SHA-256, base64url: what is stored in its place. */
  digest(token: string): string;
}
