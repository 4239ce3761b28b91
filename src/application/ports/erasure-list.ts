import type { Erasure } from '../../domain/identity/erasure.ts';

/**
 * The accounts that were deleted, kept apart from the storage: whoever restores an older backup of the storage still has this list, by which
 * they are deleted again. It has ids, choices and times, and neither words nor names.
 */
export interface ErasureList {
  /** The entries of this installation, each user once, in any order. Lines that cannot be read are passed over. */
  read(): Promise<readonly Erasure[]>;
  /**
   * Adds entries, and resolves once they would survive the end of the process and of the machine.
   * @throws DomainError `unavailable` when it cannot be written
   */
  append(erasures: readonly Erasure[]): Promise<void>;
  /** @throws DomainError `unavailable` when nothing can be appended */
  assertWritable(): Promise<void>;
}
