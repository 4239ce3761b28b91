import { hash as digest } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { PARAMETERS } from './argon2id.ts';

/**
 * The suffix of a hash whose input is the lower-case hex SHA-256 of a password, which is all that the original app stored. The
 * next sign-in replaces it by a hash of the password itself.
 */
const MARK = '$of-sha256';

export const wrapSha256 = async (hex: string): Promise<string> => (await hash(hex, PARAMETERS)) + MARK;

export const isWrapped = (stored: string): boolean => stored.endsWith(MARK);

export const verifyWrapped = (stored: string, secret: string): Promise<boolean> =>
  verify(stored.slice(0, -MARK.length), digest('sha256', secret, 'hex'));
