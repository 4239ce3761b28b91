import { DomainError } from '../../domain/errors.ts';

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** @throws DomainError `no_room` when the disk is full, else the error */
export function translateDiskError(error: unknown): never {
  if (!FULL.has(codeOf(error))) throw error;
  const refusal = new DomainError('no_room', 'The server has no room for this file.');
  refusal.cause = error;
  throw refusal;
}

/** Undefined when the file or directory does not exist. */
export async function ifThere<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
