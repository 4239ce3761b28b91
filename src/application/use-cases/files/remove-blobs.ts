import type { BlobKey } from '../../../domain/files/file.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { FilesView } from '../../ports/files.ts';

interface Named {
  readonly files: Pick<FilesView, 'named'>;
}

interface Deps {
  readonly view: Named;
  readonly blobs: Blobs;
}

/**
 * Removes the bytes of files whose rows were removed, unless another file has the same ones. When the process ends before, `sweepFiles` removes
 * them.
 */
export async function removeBlobs({ view, blobs }: Deps, keys: readonly BlobKey[]): Promise<void> {
  if (keys.length === 0) return;
  const named = await view.files.named(keys);
  for (const key of new Set(keys)) {
    if (!named.has(key)) await blobs.remove(key, () => isNamed(view, key));
  }
}

export const isNamed = async (view: Named, key: BlobKey): Promise<boolean> => (await view.files.named([key])).has(key);
