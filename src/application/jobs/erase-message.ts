import type { Blobs } from '../ports/blobs.ts';
import type { Storage } from '../ports/storage.ts';
import { removeBlobs } from '../use-cases/files/remove-blobs.ts';
import type { JobHandler } from './job-handlers.ts';

/** Erases the earlier texts, mentions, reactions, past and files of a message that is still deleted. A message that was restored stays as it is. */
export function makeEraseMessage({
  unitOfWork,
  view,
  scrub,
  blobs,
}: Pick<Storage, 'unitOfWork' | 'view' | 'scrub'> & { readonly blobs: Blobs }): JobHandler<'erase_message'> {
  return async ({ chatId, position, deletedAt }) => {
    const place = { chatId, position };
    const erased = await unitOfWork.run(async ({ messages, reactions, past, search, files }) => {
      const message = await messages.findBare(place);
      if (message?.kind !== 'deleted' || message.deletedAt !== deletedAt) return undefined;
      await messages.removeVersions(place);
      await messages.setMentions(place, []);
      await reactions.removeAll(place);
      await past.removeAll(place);
      await search.set(message, undefined);
      return files.removeOf(place);
    });
    if (!erased) return;
    await removeBlobs({ view, blobs }, erased);
    // Also when an earlier attempt removed the versions: it may have failed here.
    await scrub();
  };
}
