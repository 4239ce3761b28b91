import { openErasureFile } from '../adapters/erasure-file/erasure-list.ts';
import { makeMemoryErasureList } from '../adapters/memory/erasure-list.ts';
import type { ErasureList } from '../application/ports/erasure-list.ts';
import type { Storage } from '../application/ports/storage.ts';
import type { UseCases } from '../application/use-cases.ts';
import { DomainError } from '../domain/errors.ts';
import type { Config } from './config.ts';
import type { ServerLog } from './log.ts';

/** The list of deleted accounts that outlives a restore; in this process's memory where the storage is there too. */
export function openErasureList(
  { erasuresFile }: Pick<Config, 'erasuresFile'>,
  { installation }: Pick<Storage, 'installation'>,
): ErasureList {
  return erasuresFile === undefined ? makeMemoryErasureList() : openErasureFile(erasuresFile, installation.id);
}

/** An account that was deleted is deleted again, should a backup have brought it back. A list that cannot be written stops nobody else. */
export async function replayErasures(useCases: Pick<UseCases, 'replayErasures'>, log: ServerLog): Promise<void> {
  try {
    const { deleted } = await useCases.replayErasures();
    if (deleted > 0)
      log.warn(
        { event: 'erasures_replayed', accounts: deleted },
        'accounts that were deleted had come back with an older backup: they were deleted again',
      );
  } catch (err) {
    if (!(err instanceof DomainError) || err.code !== 'unavailable') throw err;
    log.error(
      { event: 'erasures_unwritable', err },
      'the list of deleted accounts cannot be written: no account can be deleted until ERASURES_FILE names a file that can',
    );
  }
}
