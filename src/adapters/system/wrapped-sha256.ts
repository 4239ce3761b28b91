import { hash as digest } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { PARAMETERS } from './argon2id.ts';

/**
 * Of the passwords of the original app only a bare SHA-256 is known. Its lower-case hex is hashed as a password would be, and
 * this stands behind such a hash; the next sign-in puts the password's own in its place.
 */
const MARK = '$of-sha256';

export const wrapSha256 = async (hex: string): Promise<string> => (await hash(hex, PARAMETERS)) + MARK;

export const isWrapped = (stored: string): boolean => stored.endsWith(MARK);

export const verifyWrapped = (stored: string, secret: string): Promise<boolean> =>
  verify(stored.slice(0, -MARK.length), digest('sha256', secret, 'hex'));
